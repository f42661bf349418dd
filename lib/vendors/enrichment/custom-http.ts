import { createHash } from 'node:crypto';
import { FIELD_PATHS } from '../../domain/enrichment-fields';
import { PipelineError } from '../../domain/errors';
import { maskValue } from '../../domain/mask';
import type { Http, HttpRequest } from '../../runtime/http';
import { vendorError } from '../../runtime/vendor-error';
import { apiVersion } from '../api-version';
import { answerReader, type AnswerMap } from './custom-http/reader';
import {
	fillJson,
	fillText,
	pathsIn,
	readJson,
	valueAt,
	type Subject,
} from './custom-http/template';
import type { EnrichmentProvider, FieldPath, Lookup, Pricing } from './port';
import { knowsSomething } from './wire';

type Pairs = ReadonlyArray<{ readonly name: string; readonly value: string }>;

/** Any API that answers in JSON. Texts may hold placeholders such as `{identity.email}`, filled when it is asked. */
export interface CustomHttpSettings {
	/** Stands in the steps, the provenance and the messages, e.g. `Acme Data`. */
	readonly name: string;
	/** n8n credential type that signs; empty for none. */
	readonly credential: string;
	readonly method: 'GET' | 'POST';
	/** What it reads must be known. */
	readonly url: string;
	/** Those whose placeholders are unknown are left out. */
	readonly query: Pairs;
	readonly headers: Pairs;
	/** JSON, for POST. Empty: none. */
	readonly body: string;
	readonly answer: AnswerMap;
	/** Statuses that say "nobody known". */
	readonly notFound: readonly number[];
	readonly pricing: Pricing;
}

/**
 * A provider of the user's own making. Not one of the list: each step has its settings.
 * Throws `CONFIG_INVALID` for settings that cannot work.
 */
export function customHttp(settings: CustomHttpSettings): EnrichmentProvider {
	const { name, credential, url, pricing } = settings;
	const id = idOf(name);
	const request = requestWriter(settings);
	const read = answerReader(name, settings.answer);
	const fills = FIELD_PATHS.filter((path) => settings.answer.fields[path]?.trim());
	if (fills.length === 0) invalid(`'${name}' fills no field: map at least one from its answer`);
	const reads = readsOf(settings);
	// The credential would follow a lead to whatever host it names.
	if (/^\s*https?:\/\/[^/?#]*\{/.test(url))
		invalid(`The host of '${name}' must not be a placeholder`);

	const ask = async (
		subject: Subject,
		http: Http,
		wanted: readonly FieldPath[],
	): Promise<Lookup> => {
		const response = await http.send({ ...request(subject), accept: settings.notFound });
		const version = apiVersion(response);
		const nobody = { kind: 'no-match', credits: 0, ...version } as const;
		if (settings.notFound.includes(response.status)) return nobody;
		// 202: still being looked up.
		if (response.status === 202) return { ...nobody, unanswered: wanted };
		if (typeof response.body !== 'object' || response.body === null) {
			throw vendorError(id, { ...response, body: 'no JSON' }, 0, 'UPSTREAM_UNAVAILABLE');
		}
		const { fields, credits, confidence } = read(response.body);
		if (!knowsSomething(fields)) return { ...nobody, credits: credits ?? 0 };
		const said = { credits: credits ?? pricing.perHit, ...version };
		return { kind: 'found', fields, ...said, ...(confidence !== undefined && { confidence }) };
	};

	return {
		id,
		title: name,
		credential,
		pricing,
		fills,
		revision: revisionOf(settings),
		cannotAsk: (lead) => whyNot(name, { url, reads }, lead),
		lookup: async (lead, http, wanted) => await ask(lead, http, wanted),
		...(isAboutCompany(reads) && {
			company: {
				fills: fills.filter((path) => path.startsWith('company.')),
				cannotAsk: (lead) => whyNot(name, { url, reads }, lead),
				lookup: async (company, http) => await ask({ company }, http, fills),
			},
		}),
	};
}

/** `Acme Data` -> `customAcmeData`: apart from the ids of the list. */
const idOf = (name: string) => {
	const words = name.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? [];
	if (words.length === 0) invalid('A custom HTTP API has no name: give it one, such as Acme Data');
	return `custom${words.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join('')}`;
};

const revisionOf = ({ method, url, query, headers, body, answer }: CustomHttpSettings) =>
	createHash('sha256')
		.update(JSON.stringify([method, url, query, headers, body, answer]))
		.digest('hex')
		.slice(0, 12);

function readsOf({ url, query, headers, body }: CustomHttpSettings): string[] {
	const texts = [url, body, ...[...query, ...headers].map(({ value }) => value)];
	return [...new Set(texts.flatMap(pathsIn))];
}

/** Ten leads of one company are then one question. */
const isAboutCompany = (reads: readonly string[]) =>
	reads.length > 0 && reads.every((path) => path === 'company.domain' || path === 'company.name');

function whyNot(
	name: string,
	{ url, reads }: { readonly url: string; readonly reads: readonly string[] },
	subject: Subject,
): string | null {
	const unknown = (path: string) => valueAt(subject, path) === undefined;
	const missing = pathsIn(url).filter(unknown);
	if (missing.length > 0) return `${name} needs ${missing.join(' and ')} for its URL`;
	if (reads.length > 0 && reads.every(unknown)) return `${name} needs ${reads.join(' or ')}`;
	return null;
}

function requestWriter(settings: CustomHttpSettings): (subject: Subject) => HttpRequest {
	const { name, method, url, query, headers } = settings;
	const body =
		method === 'POST' && settings.body.trim() ? readJson(name, settings.body) : undefined;
	return (subject) => {
		const target = fillText(url.trim(), subject, segment) ?? '';
		if (!/^https?:\/\/[^/]/.test(target) || !URL.canParse(target)) {
			invalid(`The URL of '${name}' is ${maskValue(target)}: it must begin with https://`);
		}
		return {
			method,
			url: target,
			query: filled(query, subject),
			headers: filled(headers, subject),
			...(body !== undefined && { body: fillJson(body, subject) }),
			// A look-up does no harm twice.
			idempotent: true,
		};
	};
}

/** `..` would climb in the path. */
const segment = (value: string) => (/^\.{1,2}$/.test(value) ? '' : encodeURIComponent(value));

const filled = (pairs: Pairs, subject: Subject): Record<string, string> =>
	Object.fromEntries(
		pairs.flatMap(({ name, value }) => {
			const text = name.trim() ? fillText(value, subject) : undefined;
			return text === undefined || text === '' ? [] : [[name.trim(), text]];
		}),
	);

function invalid(message: string): never {
	throw new PipelineError('CONFIG_INVALID', message);
}
