import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizeRecord } from '../../../lib/domain/normalize';
import type { SourceHints, SourceRecord } from '../../../lib/vendors/sources/port';
import { recognise } from '../../../lib/vendors/sources/recognise';
import { parseXml } from '../../../lib/vendors/sources/xml';

const FOLDER = join(__dirname, '../../recordings/sources');
export const NOBODY: SourceHints = { headers: {} };

export interface Recording {
	readonly source: string;
	readonly headers?: Record<string, unknown>;
	readonly payload: unknown;
}

const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');

/** What n8n's Webhook node makes of XML: lower-case tags with their prefix, attributes under `$`. */
const AS_N8N_PARSES_IT = {
	'soapenv:envelope': {
		$: { 'xmlns:soapenv': 'http://schemas.xmlsoap.org/soap/envelope/' },
		'soapenv:body': {
			notifications: {
				$: { xmlns: 'http://soap.sforce.com/2005/09/outbound' },
				organizationid: '00D5e000000KQ2eEAG',
				sessionid: '00D5e000000KQ2e!AQ4AQsecret',
				notification: {
					id: '04l5e00000Gx7QzAAJ',
					sobject: {
						$: { 'xsi:type': 'sf:Lead' },
						'sf:id': '00Q5e00000AbCdEEAV',
						'sf:email': 'dana.whitfield@northwind-analytics.com',
						'sf:firstname': 'Dana',
						'sf:donotcall': 'true',
						'sf:tier__c': '007',
						'sf:phone': { $: { 'xsi:nil': 'true' } },
					},
				},
			},
		},
	},
};

function xml(text: string): unknown {
	const parsed = parseXml(text);
	if (!parsed.ok) throw new Error(parsed.reason);
	return parsed.value;
}

export const recordings: ReadonlyMap<string, Recording> = new Map<string, Recording>([
	...readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.map((file) => [file.slice(0, -5), JSON.parse(read(file)) as Recording] as const),
	[
		'salesforce-outbound-message',
		{ source: 'salesforce', payload: xml(read('salesforce-outbound-message.xml')) },
	],
	['salesforce-outbound-message-of-n8n', { source: 'salesforce', payload: AS_N8N_PARSES_IT }],
]);

export const hintsOf = ({ headers = {} }: Recording): SourceHints => ({ headers });

export function recordsOf(name: string): readonly SourceRecord[] {
	const recording = recordings.get(name);
	if (!recording) throw new Error(`there is no recording "${name}"`);
	const hints = hintsOf(recording);
	return recognise(recording.payload, hints).read(recording.payload, hints);
}

export const recordOf = (name: string) => recordsOf(name)[0];

/** The record as the rest of the package gets it. */
export const leadOf = (record: SourceRecord | undefined) => {
	if (!record) throw new Error('no record');
	const result = normalizeRecord(record, {
		receivedAt: '2026-11-23T15:00:00.000Z',
		requires: 'any-id',
		enrichPersonal: false,
	});
	if (!result.ok) throw new Error(JSON.stringify(result.problems));
	return result;
};
