import { byEmail } from './people';
import type { OpenVendor, VendorCallback, VendorReply, VendorRequest } from './port';
import { isObject, textOf, type Json } from './request';

const READY_MS = 20_000;
const MAX_SUBMISSIONS = 50_000;

interface Row {
	readonly sourceId: string;
	readonly callback: string | undefined;
	readonly found: Json;
	readonly readyAt: number;
	told: boolean;
}

/**
 * A Clay table: rows come in by its webhook, and its HTTP API column posts each one back when the
 * other columns are done. https://university.clay.com/docs/webhook-integration-guide
 */
export const openClay: OpenVendor = (seed) => {
	let rows: Row[] = [];
	let submissions = 0;

	const add = (row: Json) => {
		const email = textOf(row['email']);
		const persona = email ? byEmail(seed.personas, email) : undefined;
		rows.push({
			sourceId: String(row['source_id'] ?? ''),
			callback: textOf(row['callback_url']),
			found: persona?.clay ?? { found: false },
			readyAt: seed.now() + READY_MS,
			told: false,
		});
	};

	function route(request: VendorRequest): VendorReply {
		const url = `https://${request.host}${request.path}`;
		if (url !== seed.secrets.clayWebhookUrl) return refusal(404, 'Webhook not found');
		if (request.method !== 'POST') return refusal(405, 'Method not allowed');
		if (request.headers['x-clay-webhook-auth'] !== seed.secrets.clayToken) return unauthorized();
		const body = parsed(request.body);
		const records = Array.isArray(body) ? body : [body];
		if (records.length === 0 || !records.every((one) => isObject(one) && Object.keys(one).length)) {
			return refusal(400, 'The body must be a JSON object or a list of them');
		}
		if (submissions + 1 > MAX_SUBMISSIONS) return usedUp();
		submissions += 1;
		records.filter(isObject).forEach(add);
		return { status: 200, body: { success: true }, wrote: true };
	}

	return {
		id: 'clay',
		hosts: ['api.clay.com'],
		handle: route,
		fail(status) {
			if (status === 401) return unauthorized();
			if (status === 402) return usedUp();
			return refusal(status, 'The table cannot take rows right now');
		},
		callbacks() {
			const due = rows.filter(
				({ callback, told, readyAt }) => callback && !told && seed.now() >= readyAt,
			);
			return due.map((row): VendorCallback => {
				row.told = true;
				return {
					url: row.callback ?? '',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ source_id: row.sourceId, ...row.found }),
				};
			});
		},
		drain: () => {
			submissions = MAX_SUBMISSIONS;
		},
		state: () => ({ submissions, rows: rows.length }),
		reset() {
			rows = [];
			submissions = 0;
		},
	};
};

function parsed(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

const refusal = (status: number, message: string): VendorReply => ({ status, body: { message } });
const unauthorized = () => refusal(401, 'Invalid or missing webhook authentication token');
const usedUp = () => refusal(400, 'This webhook has reached its limit of 50,000 submissions');
