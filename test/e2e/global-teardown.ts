import { getHost } from './shared';

export default async function globalTeardown(): Promise<void> {
	await getHost().stop();
}
