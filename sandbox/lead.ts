import { parseArgs } from 'node:util';
import { readDeliveries } from './deliveries';
import { loadPersonas } from './personas';
import { readRunning } from './running';
import { secrets } from './secrets';
import { sendLead, type LeadSent, type LeadToSend } from './send-lead';
import { SCHEMES, type Scheme } from './sign';

export { sendLead } from './send-lead';

const usage = `Sends signed lead events to the running n8n.

npm run lead -- --persona NAME [options]
npm run lead -- --file FILE    [options]

--persona NAME    ${loadPersonas()
	.map(({ name }) => name)
	.join(', ')}
--file FILE       JSON, a JSON array, or one JSON value a line: payloads, or {"headers", "body"}
--event-id ID     default: random (the file's own)
--repeat N        the same event N times, one after the other
--parallel N      the same event N times at once
--fresh           a new event id for every copy
--forge           sign with the wrong secret
--scheme NAME     ${SCHEMES.join(', ')} (default ${SCHEMES[0]})
--url URL         default: the running one
--secret SECRET   default: the running one`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			persona: { type: 'string' },
			file: { type: 'string' },
			'event-id': { type: 'string' },
			repeat: { type: 'string', default: '1' },
			parallel: { type: 'string', default: '1' },
			fresh: { type: 'boolean', default: false },
			forge: { type: 'boolean', default: false },
			scheme: { type: 'string', default: SCHEMES[0] },
			url: { type: 'string' },
			secret: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help || (!values.persona && !values.file)) {
		console.log(usage);
		process.exitCode = values.help ? 0 : 2;
		return;
	}
	const target = whereTo(values.url, values.secret);
	const common = {
		...target,
		forge: values.forge,
		scheme: schemeNamed(values.scheme),
		eventId: values['event-id'],
	};
	const leads: LeadToSend[] = values.file
		? readDeliveries(values.file).map((delivery) => replayed(common, delivery))
		: [{ ...common, persona: values.persona ?? '' }];
	for (const lead of leads) {
		const once = values.fresh ? lead : { ...lead, eventId: lead.eventId ?? ownId(lead) };
		await sendCopies(once, count(values.repeat, '--repeat'), count(values.parallel, '--parallel'));
	}
}

async function sendCopies(lead: LeadToSend, repeat: number, parallel: number): Promise<void> {
	for (let round = 0; round < repeat; round += 1) {
		const sent = await Promise.all(Array.from({ length: parallel }, () => sendLead(lead)));
		sent.forEach(print);
	}
}

function print({ status, ms, eventId, body }: LeadSent): void {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	console.log(`${status}  ${String(ms).padStart(5)} ms  ${eventId}  ${text}`);
}

/** A recorded message id is kept: the receiver must see the same event again. */
function replayed(
	common: Omit<LeadToSend, 'persona' | 'payload'>,
	{ headers, payload }: { headers: Readonly<Record<string, string>>; payload: unknown },
): LeadToSend {
	return { ...common, payload, headers, eventId: common.eventId ?? headers['webhook-id'] };
}

/** One id for all copies. */
function ownId({ payload }: LeadToSend): string {
	const own = (payload as { eventId?: unknown } | undefined)?.eventId;
	return typeof own === 'string' ? own : crypto.randomUUID();
}

function whereTo(url?: string, secret?: string): { url: string; secret: string } {
	const running = readRunning();
	const found = url ?? running?.webhookUrl;
	if (!found) {
		throw new Error('Nothing is running. Start it with "npm start", or give --url.');
	}
	return { url: found, secret: secret ?? running?.secret ?? secrets.webhookSecret };
}

function schemeNamed(name: string): Scheme {
	const scheme = SCHEMES.find((known) => known === name);
	if (!scheme) throw new Error(`There is no scheme "${name}". There are: ${SCHEMES.join(', ')}.`);
	return scheme;
}

function count(text: string, option: string): number {
	const number = Number(text);
	if (!Number.isInteger(number) || number < 1) throw new Error(`${option} must be 1 or more.`);
	return number;
}

if (require.main === module) {
	main().catch((error: unknown) => {
		const cause = (error as { cause?: { code?: string } }).cause?.code;
		console.error(`${(error as Error).message}${cause ? ` (${cause})` : ''}`);
		process.exitCode = 1;
	});
}
