import type { VendorReply, VendorRequest } from '../port';
import { isObject, jsonObject, textOf, type Json } from '../request';
import { invalidInput, refused } from './errors';
import type { ObjectType } from './property';
import { shown } from './read';
import type { Records, StoredRecord } from './records';

const MAX_LIMIT = 200;
const MAX_GROUPS = 5;
const MAX_FILTERS = 6;

/**
 * POST …/{objectType}/search. Answers at once, unlike the real index, which lags by seconds.
 * https://developers.hubspot.com/docs/api-reference/search/guide
 */
export function search(records: Records, type: ObjectType, request: VendorRequest): VendorReply {
	const parsed = jsonObject(request);
	if (!parsed.ok) return refused(invalidInput('Invalid input JSON: the body cannot be parsed'));
	const sent = parsed.value;
	const groups = filterGroups(sent['filterGroups']);
	if (!groups) return refused(invalidInput('Invalid input JSON: filterGroups are not valid'));
	const problem =
		limits(sent, groups) ??
		groups
			.flat()
			.map((filter) => wrong(type, filter))
			.find(Boolean);
	if (problem) return refused(invalidInput(problem));
	const limit = Number(sent['limit'] ?? 10);
	const after = Number(sent['after'] ?? 0);
	const asked = Array.isArray(sent['properties']) ? sent['properties'].map(String) : [];
	const found = records
		.all(type)
		.filter(
			(record) =>
				groups.length === 0 ||
				groups.some((group) => group.every((filter) => passes(record, filter))),
		)
		.filter((record) => mentions(record, textOf(sent['query'])))
		.sort(order(sent['sorts']));
	const page = found.slice(after, after + limit);
	const next =
		after + limit < found.length ? { next: { after: String(after + limit) } } : undefined;
	return {
		status: 200,
		body: {
			total: found.length,
			results: page.map((record) => shown(record, asked)),
			...(next ? { paging: next } : {}),
		},
	};
}

function filterGroups(value: unknown): Json[][] | undefined {
	if (value === undefined) return [];
	if (!Array.isArray(value)) return undefined;
	const groups = value.map((group: unknown) => (isObject(group) ? group['filters'] : undefined));
	const valid = groups.every((filters) => Array.isArray(filters) && filters.every(isObject));
	return valid ? (groups as Json[][]) : undefined;
}

function limits(sent: Json, groups: readonly Json[][]): string | undefined {
	const limit = Number(sent['limit'] ?? 10);
	if (!Number.isInteger(limit) || limit < 0 || limit > MAX_LIMIT) {
		return `limit must be between 0 and ${MAX_LIMIT}, got ${String(sent['limit'])}`;
	}
	if (!Number.isInteger(Number(sent['after'] ?? 0))) return 'after must be a paging cursor';
	if (groups.length > MAX_GROUPS) return `The number of filterGroups must not exceed ${MAX_GROUPS}`;
	const many = groups.some((filters) => filters.length > MAX_FILTERS);
	if (many) return `The number of filters in a group must not exceed ${MAX_FILTERS}`;
	if (String(sent['query'] ?? '').length > 3_000) return 'The query is longer than 3000 characters';
	return undefined;
}

function wrong(type: ObjectType, filter: Json): string | undefined {
	const name = textOf(filter['propertyName']);
	const operator = textOf(filter['operator']) ?? '';
	if (!name || !type.properties.has(name)) {
		return `There was a problem with the request: property "${name}" does not exist`;
	}
	if (!(operator in operators)) return `${operator} is not a valid operator`;
	const needs = operator.endsWith('IN')
		? 'values'
		: operator.endsWith('HAS_PROPERTY')
			? ''
			: 'value';
	if (needs === 'values' && !Array.isArray(filter['values'])) return `${operator} needs values`;
	if (needs === 'value' && filter['value'] === undefined) return `${operator} needs a value`;
	return undefined;
}

type Operator = (actual: string, filter: Json) => boolean;

const lower = (value: unknown) => String(value).toLowerCase();
const among: Operator = (actual, filter) =>
	(filter['values'] as unknown[]).some((value) => lower(value) === lower(actual));
const contains: Operator = (actual, filter) => {
	const wanted = lower(filter['value']);
	if (wanted.includes('*')) return lower(actual).includes(wanted.replaceAll('*', ''));
	const words = (text: string) => text.split(/[^\p{L}\p{N}_]+/u).filter(Boolean);
	return words(wanted).every((word) => words(lower(actual)).includes(word));
};
const compared = (test: (order: number) => boolean): Operator => {
	return (actual, filter) => actual !== '' && test(compare(actual, String(filter['value'])));
};

const operators: Readonly<Record<string, Operator>> = {
	EQ: (actual, filter) => lower(actual) === lower(filter['value']),
	NEQ: (actual, filter) => lower(actual) !== lower(filter['value']),
	LT: compared((order) => order < 0),
	LTE: compared((order) => order <= 0),
	GT: compared((order) => order > 0),
	GTE: compared((order) => order >= 0),
	BETWEEN: (actual, filter) =>
		actual !== '' &&
		compare(actual, String(filter['value'])) >= 0 &&
		compare(actual, String(filter['highValue'])) <= 0,
	IN: (actual, filter) => actual !== '' && among(actual, filter),
	NOT_IN: (actual, filter) => !among(actual, filter),
	HAS_PROPERTY: (actual) => actual !== '',
	NOT_HAS_PROPERTY: (actual) => actual === '',
	CONTAINS_TOKEN: contains,
	NOT_CONTAINS_TOKEN: (actual, filter) => !contains(actual, filter),
};

function passes(record: StoredRecord, filter: Json): boolean {
	const actual = record.properties[String(filter['propertyName'])] ?? '';
	return operators[String(filter['operator'])]?.(actual, filter) ?? false;
}

function mentions(record: StoredRecord, query: string | undefined): boolean {
	if (!query) return true;
	return Object.values(record.properties).some((value) => lower(value).includes(lower(query)));
}

/** Numbers and times by size, the rest by text. Filters give times as epoch ms. */
function compare(a: string, b: string): number {
	const [x, y] = [sized(a), sized(b)];
	return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y;
}

function sized(text: string): number {
	return /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number(text);
}

function order(sorts: unknown): (a: StoredRecord, b: StoredRecord) => number {
	const first: unknown = Array.isArray(sorts) ? sorts[0] : undefined;
	const name = isObject(first)
		? String(first['propertyName'])
		: String(first ?? 'hs_object_id').replace(/^-/, '');
	const down = isObject(first)
		? first['direction'] === 'DESCENDING'
		: String(first).startsWith('-');
	const value = (record: StoredRecord) => record.properties[name] ?? '';
	return (a, b) => compare(value(a), value(b)) * (down ? -1 : 1);
}
