import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { z } from 'zod';
import { Lead } from '../lib/domain/lead';
import { normalize, type NormalizeContext } from '../lib/domain/normalize';
import type { Table } from './table';

const ROUNDS = 7;
const LEADS = 6_000;

const CONTEXT: NormalizeContext = {
	receivedAt: '2026-11-23T15:00:00.000Z',
	requires: 'email',
	enrichPersonal: false,
};

/** Leads a second that one core turns from a form into the canonical lead, against what cannot be saved. */
export async function bench(): Promise<Table[]> {
	const forms = formsOf(LEADS);
	const leads = forms.map((form) => leadFrom(form));
	const barest = z.object({ email: z.string().regex(/^[^\s@]+@[^\s@]+$/), phone: z.string() });
	const ways = {
		'parse email and phone': () =>
			forms.forEach(({ fields }) => {
				const { phone } = barest.parse(fields);
				parsePhoneNumberFromString(phone, 'US');
			}),
		'check a canonical lead': () => leads.forEach((lead) => Lead.parse(lead)),
		'normalise a form': () => forms.forEach((form) => leadFrom(form)),
		'normalise a lead again': () => leads.forEach((lead) => leadFrom(lead)),
	};
	const rates = bestOf(ways);
	const base = rates.get('parse email and phone') ?? 0;
	return [
		{
			title: `Leads a second on one core (${LEADS.toLocaleString('en')} leads, best of ${ROUNDS})`,
			columns: ['way', 'leads a second', 'µs a lead', 'times the barest'],
			rows: [...rates].map(([way, rate]) => [
				way,
				Math.round(rate),
				Number((1e6 / rate).toFixed(1)),
				Number((base / rate).toFixed(2)),
			]),
			note: 'The barest: zod for the address and the phone as text, libphonenumber-js for the number. Nothing that is normalised at all can do without these two.',
		},
	];
}

interface Form {
	readonly fields: Readonly<Record<string, unknown>>;
}

/** The forms of the sandbox's personas, each as if somebody else had sent it. */
function formsOf(count: number): readonly Form[] {
	const folder = join(__dirname, '../sandbox/personas');
	const forms = readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as { form: Form })
		.map(({ form }) => form);
	return Array.from({ length: count }, (_, index) => {
		const { fields, ...rest } = forms[index % forms.length] ?? { fields: {} };
		const email = String(fields['email']).replace('@', `.${index}@`);
		// Some personas leave the phone out; the barest way is to have one to read.
		const phone = fields['phone'] ?? `(617) 555-${String(index % 10_000).padStart(4, '0')}`;
		return { ...rest, eventId: `e-${index}`, fields: { ...fields, email, phone } };
	});
}

function leadFrom(payload: object): Lead {
	const result = normalize(payload, CONTEXT);
	if (!result.ok) throw new Error(JSON.stringify(result.problems));
	return result.lead;
}

/** In turns, so that whatever else the machine does hits all of them. */
function bestOf(ways: Readonly<Record<string, () => void>>): ReadonlyMap<string, number> {
	const best = new Map<string, number>();
	for (let round = 0; round < ROUNDS; round += 1) {
		for (const [name, work] of Object.entries(ways)) {
			const from = performance.now();
			work();
			const rate = (LEADS * 1000) / (performance.now() - from);
			best.set(name, Math.max(best.get(name) ?? 0, rate));
		}
	}
	return best;
}
