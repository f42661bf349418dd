/** What two records of one person may have in common, strongest first. */
export const KEY_KINDS = ['id', 'email', 'phone-name', 'phone', 'domain-name'] as const;

export type KeyKind = (typeof KEY_KINDS)[number];

/**
 * `identify`: who has the value is the person. `support`: it finds a person only where nothing
 * stronger is known, and is otherwise a hint for a human. `ignore`: not looked at.
 */
export type KeyUse = 'identify' | 'support' | 'ignore';

export interface KeyRule {
	readonly kind: KeyKind;
	readonly use: KeyUse;
	/** How many values of this kind one person may have; of an id: in each system. */
	readonly perPerson: number;
	/** How many people may have one value before it says nothing about any of them; for `support`. */
	readonly people: number;
}

export interface IdentityRules {
	/** In order of priority: a stronger key decides, and a weaker one that contradicts it is refused. */
	readonly keys: readonly KeyRule[];
	/** Systems whose ids stand for people. The id of a form submission, say, does not. */
	readonly idSystems: readonly string[];
	/** Values that belong to nobody, besides the usual ones. */
	readonly blocked: readonly string[];
	/** What to do with a record that has keys of two people: they are one, or a human decides. */
	readonly whenPeopleMeet: 'join' | 'review';
	/** Similarity (0 to 1) of names from which a human is asked; absent: names are not compared. */
	readonly similarFrom?: number;
}

/** Kinds made of a name: two people may have one and the same, and then it says nothing about either. */
export const isNamed = (kind: KeyKind) => kind === 'phone-name' || kind === 'domain-name';

/** How much a key that agrees says, 0 to 1: for ranking, not a probability. */
export const WEIGHTS: Readonly<Record<KeyKind, number>> = {
	id: 1,
	email: 0.97,
	'phone-name': 0.95,
	phone: 0.7,
	'domain-name': 0.8,
};

export const DEFAULT_RULES: IdentityRules = {
	keys: [
		{ kind: 'id', use: 'identify', perPerson: 1, people: 1 },
		{ kind: 'email', use: 'identify', perPerson: 5, people: 1 },
		{ kind: 'phone-name', use: 'identify', perPerson: 10, people: 1 },
		{ kind: 'phone', use: 'support', perPerson: 5, people: 3 },
		{ kind: 'domain-name', use: 'identify', perPerson: 5, people: 1 },
	],
	idSystems: ['hubspot', 'salesforce', 'marketo', 'segment', 'warehouse'],
	blocked: [],
	whenPeopleMeet: 'join',
};
