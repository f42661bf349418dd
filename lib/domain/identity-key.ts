import { createHash } from 'node:crypto';
import { parseEmail } from './email';
import { personNameKey } from './identity-name';
import type { PersonRecord } from './identity-person';
import { KEY_KINDS, type IdentityRules, type KeyKind, type KeyRule } from './identity-rules';
import {
	canonicalId,
	whyBlocked,
	whyEmailBlocked,
	whyPhoneBlocked,
	type RecordId,
} from './identity-values';
import { maskEmail, maskValue } from './mask';
import { emailKey } from './matching-key';
import { subjectOf } from './subject';

/** One value by which a person may be found. */
export interface IdentityKey {
	readonly kind: KeyKind;
	/** What stands in the map instead of the value. */
	readonly hash: string;
	/** For people to read, in evidence. */
	readonly masked: string;
	/** Values are counted against the limit by kind and, for ids, by system. */
	readonly group: string;
	/** The company whose address or name it is, as a hash. */
	readonly at?: string;
	/** Present for ids only, which say nothing by themselves. */
	readonly id?: RecordId;
	/** Under which an erasure finds what else is kept about this address or number. */
	readonly subject?: string;
}

/** A key that was not used, and why. */
export interface Refused {
	readonly key: KeyKind;
	/** Masked. */
	readonly value: string;
	readonly reason: string;
	/** The person it belongs to, where that is the reason. */
	readonly entityId?: string;
}

export interface PersonKeys {
	/** Strongest first. */
	readonly identify: readonly IdentityKey[];
	readonly support: readonly IdentityKey[];
	readonly refused: readonly Refused[];
}

/** The keys of a record under the rules, and those that say nothing. */
export function keysOf(person: PersonRecord, rules: IdentityRules): PersonKeys {
	const found = new Map<string, IdentityKey>();
	const refused: Refused[] = [];
	for (const { kind, use } of rules.keys) {
		if (use === 'ignore') continue;
		for (const one of READERS[kind](person, rules)) {
			if ('reason' in one) refused.push(one);
			else found.set(one.hash, one);
		}
	}
	const keys = [...found.values()];
	const of = (use: KeyRule['use']) => keys.filter(({ kind }) => ruleOf(rules, kind).use === use);
	return { identify: of('identify'), support: of('support'), refused: distinct(refused) };
}

export const refusal = (
	{ kind, masked }: IdentityKey,
	reason: string,
	entityId?: string,
): Refused => ({ key: kind, value: masked, reason, ...(entityId && { entityId }) });

const IGNORED = { use: 'ignore', perPerson: 0, people: 0 } as const;

export const ruleOf = ({ keys }: IdentityRules, kind: KeyKind): KeyRule =>
	keys.find((rule) => rule.kind === kind) ?? { kind, ...IGNORED };

export const isKeyKind = (kind: string): kind is KeyKind =>
	KEY_KINDS.some((known) => known === kind);

type Reader = (person: PersonRecord, rules: IdentityRules) => ReadonlyArray<IdentityKey | Refused>;

const READERS: Readonly<Record<KeyKind, Reader>> = {
	id: ({ ids }, { idSystems, blocked }) =>
		ids
			.filter(({ system }) => idSystems.includes(system.trim().toLowerCase()))
			.map((written) => {
				const id = canonicalId(written);
				const masked = `${id.system} ${id.id}`;
				const reason = whyBlocked(id.id, blocked);
				if (reason) return { key: 'id', value: masked, reason };
				return {
					...keyOf('id', [id.system, id.id], masked),
					group: `id:${id.system}`,
					id: written,
				};
			}),
	email: ({ emails }, { blocked }) =>
		emails.map((email) => {
			const masked = maskEmail(email);
			const mailbox = emailKey(email);
			const reason = whyEmailBlocked(email, blocked) ?? whyNotPersonal(email);
			if (reason || !mailbox)
				return { key: 'email', value: masked, reason: reason ?? 'is no address' };
			return {
				...keyOf('email', [mailbox], masked),
				...companyOf(email),
				subject: subjectOf(email),
			};
		}),
	'phone-name': ({ phones, name }, { blocked }) => {
		const key = personNameKey(name);
		return phones.flatMap((phone) => {
			if (!key || whyPhoneBlocked(phone, blocked)) return [];
			const masked = `${unquoted(phone)} with the name`;
			return [{ ...keyOf('phone-name', [phone, key], masked), subject: subjectOf(phone) }];
		});
	},
	phone: ({ phones }, { blocked }) =>
		phones.map((phone) => {
			const masked = unquoted(phone);
			const reason = whyPhoneBlocked(phone, blocked);
			if (reason) return { key: 'phone', value: masked, reason };
			return { ...keyOf('phone', [phone], masked), subject: subjectOf(phone) };
		}),
	'domain-name': ({ domain, name }) => {
		const key = personNameKey(name);
		if (!key || !domain) return [];
		return [
			{ ...keyOf('domain-name', [domain, key], `the name at ${domain}`), at: digest(domain) },
		];
	},
};

const keyOf = (kind: KeyKind, values: readonly string[], masked: string) => ({
	kind,
	masked,
	group: kind,
	hash: digest(JSON.stringify([kind, ...values])),
});

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** Nothing for an address of a mail provider: that is no company's. */
function companyOf(email: string): { readonly at?: string } {
	const parsed = parseEmail(email);
	return parsed?.kind === 'business' ? { at: digest(parsed.domain) } : {};
}

const unquoted = (value: string) => maskValue(value).slice(1, -1);

const whyNotPersonal = (email: string) =>
	parseEmail(email)?.kind === 'role' ? 'reaches a desk and not a person' : undefined;

const distinct = (refused: readonly Refused[]) => [
	...new Map(refused.map((one) => [`${one.key} ${one.value} ${one.reason}`, one])).values(),
];
