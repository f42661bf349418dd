import { createHash } from 'node:crypto';
import { z } from 'zod';
import { facts, loose } from '../../domain/enrichment-facts';
import { FIELD_PATHS } from '../../domain/enrichment-fields';
import type { Lead } from '../../domain/lead';
import { vendorError } from '../../runtime/vendor-error';
import { laterOnly } from './later-only';
import type { EnrichmentProvider, FieldPath, Lookup } from './port';
import { typed } from './typed';
import { knowsSomething } from './wire';

/** A Clay table answers by calling back; this is long enough for one with a few columns. */
const USUAL_MS = 60_000;

/**
 * A table of Clay: a row goes in by the table's webhook, and an HTTP API column of the table posts it
 * back when the other columns are done: `{ "source_id": …, "person": { "title": … }, "company": … }`,
 * with the lead's own paths, nested or as `"person.title"`; `"credits"` where the cost is known.
 * https://university.clay.com/docs/webhook-integration-guide
 */
export const clay: EnrichmentProvider = {
	id: 'clay',
	title: 'Clay',
	credential: 'clayTableApi',
	// What a row costs depends on the columns of the table: it is said by the callback, or in the step.
	pricing: { perHit: 1 },
	typicalMs: USUAL_MS,
	fills: FIELD_PATHS,

	cannotAsk({ identity, person, company }) {
		if (identity.email || person.linkedinUrl || company.domain) return null;
		return 'Clay needs an email address, a LinkedIn URL or a company domain';
	},

	lookup: laterOnly('clay'),

	later: {
		instead: true,
		// Each row comes back by itself.
		size: 1,

		async start([lead], http, callbackUrl) {
			if (!lead) throw new Error('A job needs a lead');
			const jobId = jobIdOf(lead);
			const response = await http.send({
				method: 'POST',
				// The credential puts the URL of its table in its place.
				url: 'https://api.clay.com/v3/sources/webhook',
				body: rowOf(lead, { source_id: jobId, callback_url: callbackUrl }),
				// A webhook takes 50,000 rows in its life, and then needs a new one.
				codeOf: ({ status, body }) =>
					status !== 429 && /submission/i.test(JSON.stringify(body))
						? 'QUOTA_EXHAUSTED'
						: undefined,
			});
			// What Clay answers is not documented; a page is not from Clay.
			if (/^\s*</.test(String(response.body))) {
				throw vendorError('clay', response, 0, 'UPSTREAM_UNAVAILABLE');
			}
			return { jobId, pollAfterMs: USUAL_MS };
		},

		readCallback(body) {
			const { data: row } = Row.safeParse(body);
			return row ? { jobId: row.source_id, lookups: [lookupOf(row)] } : null;
		},
	},
};

const Row = z.looseObject({
	source_id: z.string().min(1),
	found: z.boolean().nullish().catch(undefined),
	credits: loose.number,
});

/** The same for the same event of the same lead, so that a row that was sent twice is one job. */
const jobIdOf = ({ identity, person, company, source }: Lead) =>
	createHash('sha256')
		.update(JSON.stringify([source, identity, person.linkedinUrl, person.fullName, company.domain]))
		.digest('hex')
		.slice(0, 32);

const rowOf = (
	{ identity, person, company, source }: Lead,
	job: { readonly source_id: string; readonly callback_url: string | undefined },
) => ({
	...job,
	source_system: source.system,
	source_record_id: source.recordId,
	event_type: source.event,
	email: identity.email,
	first_name: person.firstName,
	last_name: person.lastName,
	full_name: person.fullName,
	linkedin_url: person.linkedinUrl,
	company_name: company.name,
	company_domain: company.domain,
});

function lookupOf(row: z.infer<typeof Row>): Lookup {
	const said = FIELD_PATHS.map((path) => [path, valueIn(row, path)] as const);
	const known = row.found === false ? {} : facts(Object.fromEntries(said));
	const credits = row.credits && row.credits > 0 ? row.credits : 0;
	if (!knowsSomething(known)) return { kind: 'no-match', credits };
	return { kind: 'found', fields: known, credits };
}

const Section = z.record(z.string(), z.unknown());

function valueIn(row: z.infer<typeof Row>, path: FieldPath): unknown {
	const [section = '', key = ''] = path.split('.');
	return typed(path, row[path] ?? Section.safeParse(row[section]).data?.[key]);
}
