import { TestEnvironment } from 'jest-environment-node';
import { getHost } from './shared';

export default class HostEnvironment extends TestEnvironment {
	override async setup(): Promise<void> {
		await super.setup();
		this.global.leadHandoffHost = getHost();
	}
}
