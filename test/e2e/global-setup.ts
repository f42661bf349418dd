import { boot } from './boot';
import { putHost } from './shared';

export default async function globalSetup(): Promise<void> {
	putHost(await boot());
}
