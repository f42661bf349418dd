import { startWorld, type WorldOptions } from './world';

/** A world as a process of its own: says where it is on one line, ends with its parent. */
async function main(): Promise<void> {
	const options = JSON.parse(process.argv[2] ?? '{}') as WorldOptions;
	const { proxyUrl, caCertPath, controlUrl, stop } = await startWorld(options);
	console.log(JSON.stringify({ proxyUrl, caCertPath, controlUrl }));
	process.stdin.on('end', () => void stop().then(() => process.exit(0))).resume();
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
