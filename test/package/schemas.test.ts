import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { normalize } from '../../lib/domain/normalize';
import { publishedSchemas } from '../../lib/domain/schemas';

const FOLDER = join(__dirname, '../../docs/schemas');

it('docs/schemas holds what the code means, and nothing else', () => {
	const written = readdirSync(FOLDER).map(
		(name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const,
	);
	expect(new Map(written)).toEqual(publishedSchemas());
});

it('every file is a JSON Schema that a validator takes', () => {
	for (const [name, text] of publishedSchemas()) {
		const ajv = new Ajv2020({ strict: false, validateFormats: false });
		expect([name, typeof ajv.compile(JSON.parse(text) as object)]).toEqual([name, 'function']);
	}
});

describe('lead.v1.json', () => {
	const ajv = new Ajv2020({ strict: false, validateFormats: false });
	const validate = ajv.compile(JSON.parse(publishedSchemas().get('lead.v1.json')!) as object);
	const result = normalize(
		{
			email: 'ada@northwind-analytics.com',
			phone: '+1 617 555 0142',
			name: 'Ada Lovelace',
			utm_source: 'google',
			consent: { email: true },
			eventId: 'e-1',
		},
		{ receivedAt: '2026-11-23T15:00:00.000Z', requires: 'email', enrichPersonal: false },
	);
	const lead = result.ok ? result.lead : undefined;

	it('takes a lead of ours', () => {
		expect([validate(lead), validate.errors]).toEqual([true, null]);
	});

	it.each([
		['an activity of a kind that there is none of', { activities: [{ kind: 'nap' }] }],
		['a phone that is not E.164', { identity: { phone: '617' } }],
		['another version', { schemaVersion: 2 }],
	])('refuses %s', (_, change) => expect(validate({ ...lead, ...change })).toBe(false));
});
