import { createHash } from 'node:crypto';
import { PipelineError } from './errors';
import { isRecord } from './form';
import { stableJson } from './stable-json';

/** How the key of an event is made. */
export type KeyRecipe =
	/** The sender's own id of the event: the same on every retry. */
	| { readonly kind: 'event-id' }
	/** The sender's campaign event id and the time of the event (not of the attempt). */
	| { readonly kind: 'event-id-and-time' }
	/** Chosen fields of the item, for senders without an id. */
	| { readonly kind: 'fields'; readonly paths: readonly string[] }
	/** All that is below `root`, but for the fields that change from attempt to attempt. */
	| { readonly kind: 'content'; readonly root: string; readonly except: readonly string[] }
	/** The user's own expression. */
	| { readonly kind: 'custom'; readonly value: string };

/**
 * The key under which an event is claimed: readable where it carries no personal data, a SHA-256
 * otherwise. Throws `INVALID_INPUT` rather than give two events one key.
 */
export function eventKey(item: Readonly<Record<string, unknown>>, recipe: KeyRecipe): string {
	switch (recipe.kind) {
		case 'event-id':
			return `${systemOf(item)}:${eventIdOf(item)}`;
		case 'event-id-and-time':
			return `${systemOf(item)}:${eventIdOf(item)}@${eventTimeOf(item)}`;
		case 'fields':
			return `fields:${digest(recipe.paths.map((path) => [path, fieldOf(item, path)]))}`;
		case 'content':
			return `content:${digest(contentOf(item, recipe))}`;
		case 'custom':
			if (recipe.value.trim() === '')
				throw new PipelineError('INVALID_INPUT', "'Key' is empty for this item");
			return recipe.value.trim();
	}
}

const systemOf = (item: Readonly<Record<string, unknown>>) => {
	const system = at(item, ['lead', 'source', 'system']) ?? at(item, ['verification', 'scheme']);
	return typeof system === 'string' ? system : 'event';
};

function eventIdOf(item: Readonly<Record<string, unknown>>): string {
	const id = at(item, ['verification', 'eventId']) ?? at(item, ['lead', 'source', 'eventId']);
	if (typeof id === 'string' && id !== '') return id;
	throw new PipelineError(
		'INVALID_INPUT',
		"The event has no id: neither 'verification.eventId' nor 'lead.source.eventId' is set. Choose the key 'Fields' or 'Content' for a sender that gives none",
	);
}

/** The moment of an attempt would make every retry a new event. */
function eventTimeOf(item: Readonly<Record<string, unknown>>): string {
	const source = at(item, ['lead', 'source']);
	const { occurredAt, occurredAtSource }: Readonly<Record<string, unknown>> = isRecord(source)
		? source
		: {};
	const isOfAttempt = occurredAtSource === 'signature' || occurredAtSource === 'receipt';
	if (typeof occurredAt === 'string' && occurredAt !== '' && !isOfAttempt) return occurredAt;
	throw new PipelineError(
		'INVALID_INPUT',
		isOfAttempt
			? `The sender does not say when the event happened: 'lead.source.occurredAt' (${occurredAt}) is the moment of the ${occurredAtSource}, another one on every retry. Turn on 'Ignore the Event Time', or map the event's time in Lead Normalize`
			: "The item has no 'lead.source.occurredAt', which the key is made of",
	);
}

function fieldOf(item: Readonly<Record<string, unknown>>, path: string): unknown {
	const value = at(item, path.split('.'));
	if (value !== undefined && value !== null && value !== '') return value;
	throw new PipelineError('INVALID_INPUT', `The item has no '${path}', which the key is made of`);
}

/** The content, with its names in order: a sender may write them in any. */
function contentOf(
	item: Readonly<Record<string, unknown>>,
	{ root, except }: Extract<KeyRecipe, { kind: 'content' }>,
): string {
	const content = except.reduce(
		(left, path) => without(left, path.split('.')),
		fieldOf(item, root),
	);
	if (!isEmpty(content)) return stableJson(content);
	throw new PipelineError(
		'INVALID_INPUT',
		`Nothing is left of '${root}' to make the key of: it is empty, or all of it is excluded`,
	);
}

const isEmpty = (value: unknown) =>
	(isRecord(value) && Object.keys(value).length === 0) ||
	(Array.isArray(value) && value.length === 0);

/** `*` is every entry of a list or an object. */
function without(value: unknown, [name = '', ...rest]: readonly string[]): unknown {
	const isMeant = (key: string) => name === '*' || key === name;
	const inner = (one: unknown) => without(one, rest);
	if (Array.isArray(value)) {
		return rest.length === 0
			? value.filter((_, index) => !isMeant(String(index)))
			: value.map((one, index) => (isMeant(String(index)) ? inner(one) : one));
	}
	if (!isRecord(value)) return value;
	const pairs = Object.entries(value).flatMap(([key, one]) => {
		if (!isMeant(key)) return [[key, one] as const];
		return rest.length === 0 ? [] : [[key, inner(one)] as const];
	});
	return Object.fromEntries(pairs);
}

const at = (item: unknown, path: readonly string[]): unknown =>
	path.reduce<unknown>((found, name) => (isRecord(found) ? found[name] : undefined), item);

const digest = (value: unknown) => createHash('sha256').update(stableJson(value)).digest('hex');
