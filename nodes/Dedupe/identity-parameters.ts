import type { IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { isRecord } from '../../lib/domain/form';
import { parseEmail } from '../../lib/domain/email';
import type { Somebody } from '../../lib/domain/identity-link';
import { DEFAULT_RULES, type IdentityRules, type KeyRule } from '../../lib/domain/identity-rules';
import type { RecordId } from '../../lib/domain/identity-values';
import { maskValue } from '../../lib/domain/mask';
import { parsePhone } from '../../lib/domain/phone';

const DAY_MS = 86_400_000;

interface Options {
	readonly blocked?: string;
	readonly idSystems?: string;
	readonly keepDays?: number;
	readonly keys?: { readonly rules?: readonly (Partial<KeyRule> & Pick<KeyRule, 'kind'>)[] };
	readonly map?: string;
	readonly similarPercent?: number;
	readonly whenPeopleMeet?: IdentityRules['whenPeopleMeet'];
}

const optionsOf = (node: IExecuteFunctions) =>
	node.getNodeParameter('identityOptions', 0, {}) as Options;

/** The map that the node's panel names, and how long it remembers. Throws `CONFIG_INVALID`. */
export function mapOf(node: IExecuteFunctions): { map: string; keepMs: number } {
	const { map = 'main', keepDays = 730 } = optionsOf(node);
	if (/^[\w-]{1,40}$/.test(map)) return { map, keepMs: keepDays * DAY_MS };
	throw new PipelineError(
		'CONFIG_INVALID',
		`'Entity Map' is ${maskValue(map)}: use letters, digits, - and _`,
	);
}

export function rulesOf(node: IExecuteFunctions): IdentityRules {
	const { blocked, idSystems, keys, similarPercent = 0, whenPeopleMeet } = optionsOf(node);
	const named = (keys?.rules ?? []).map(withDefaults);
	const rest = DEFAULT_RULES.keys.filter(({ kind }) => named.every((rule) => rule.kind !== kind));
	return {
		keys: [...new Map([...named, ...rest].map((rule) => [rule.kind, rule])).values()],
		idSystems: idSystems === undefined ? DEFAULT_RULES.idSystems : listOf(idSystems.toLowerCase()),
		blocked: listOf(blocked ?? ''),
		whenPeopleMeet: whenPeopleMeet ?? DEFAULT_RULES.whenPeopleMeet,
		...(similarPercent > 0 && { similarFrom: similarPercent / 100 }),
	};
}

function withDefaults(rule: Partial<KeyRule> & Pick<KeyRule, 'kind'>): KeyRule {
	const known = DEFAULT_RULES.keys.find(({ kind }) => kind === rule.kind);
	// Of what identifies, one value has one owner.
	const people = rule.use === 'identify' ? { people: 1 } : {};
	return { perPerson: 5, people: 3, use: 'support', ...known, ...rule, ...people };
}

export const listOf = (text: string) =>
	text
		.split(',')
		.map((one) => one.trim())
		.filter(Boolean);

/** Whom the parameters of an item name. Throws `INVALID_INPUT`. */
export function somebodyOf(node: IExecuteFunctions, index: number): Somebody {
	const entityId = textOf(node, 'entityId', index);
	const [email, phone] = [textOf(node, 'email', index), textOf(node, 'phone', index)];
	const address = email ? parseEmail(email)?.email : undefined;
	const number = phone ? parsePhone(phone)?.number : undefined;
	if (email && !address) throw unreadable('Email', email, 'is not an email address');
	if (phone && !number)
		throw unreadable('Phone', phone, 'is not a phone number with its country code');
	const ids = idsOf(jsonOf(node, 'ids', index));
	if (!entityId && !address && !number && ids.length === 0) {
		throw new PipelineError(
			'INVALID_INPUT',
			"Nothing says whom it is about: 'Entity ID', 'Email', 'Phone' and 'IDs' are empty for this item",
		);
	}
	const emails = address ? [address] : [];
	const phones = number ? [number] : [];
	return { ...(entityId && { entityId }), record: { ids, emails, phones } };
}

const unreadable = (name: string, value: string, reason: string) =>
	new PipelineError('INVALID_INPUT', `'${name}' is ${maskValue(value)}: ${reason}`);

export function textOf(node: IExecuteFunctions, name: string, index: number): string {
	const value: unknown = node.getNodeParameter(name, index, '');
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** A parameter that is JSON, as text or as what an expression gave. Throws `CONFIG_INVALID`. */
export function jsonOf(node: IExecuteFunctions, name: string, index: number): unknown {
	const value: unknown = node.getNodeParameter(name, index, '');
	if (typeof value !== 'string') return value ?? undefined;
	if (value.trim() === '') return undefined;
	const parsed = parse(value);
	if (parsed !== undefined) return parsed;
	throw new PipelineError(
		'CONFIG_INVALID',
		`'${name}' is ${maskValue(value)}, which is not JSON. Correct it, or give an expression`,
	);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function idsOf(value: unknown): readonly RecordId[] {
	if (value === undefined) return [];
	const pairs = Array.isArray(value)
		? value.flatMap((one) =>
				isRecord(one) ? [[String(one['system'] ?? ''), one['id']] as const] : [],
			)
		: Object.entries(isRecord(value) ? value : {});
	return pairs.flatMap(([system, found]) =>
		[found].flat().flatMap((id: unknown) => {
			const isId = typeof id === 'string' || typeof id === 'number';
			return isId && system && String(id).trim() ? [{ system, id: String(id).trim() }] : [];
		}),
	);
}
