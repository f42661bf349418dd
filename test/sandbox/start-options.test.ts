import { readOptions } from '../../sandbox/start-options';

describe('readOptions', () => {
	it('has a default for everything', () => {
		expect(readOptions([])).toEqual({
			once: false,
			fresh: false,
			help: false,
			persona: 'perfect',
			port: 5678,
			latencyMs: 50,
		});
	});

	it('reads each option', () => {
		const args = ['--once', '--fresh', '--persona', 'nordic', '--port', '7000', '--latency', '80'];
		expect(readOptions(args)).toMatchObject({
			once: true,
			fresh: true,
			persona: 'nordic',
			port: 7000,
			latencyMs: 80,
		});
	});

	it.each([
		[['--port', 'x'], '--port must be a whole number'],
		[['--latency', '-5'], '--latency'],
		[['--what'], 'Unknown option'],
	])('refuses %j', (args, message) => {
		expect(() => readOptions(args)).toThrow(message);
	});
});
