import {
	applyChanges,
	diffFields,
	sameValue,
	type Change,
	type Fields,
	type Kept,
} from '../../../domain/field-diff';
import type { ContactWrite, WriteResult } from '../port';
import type { Api } from './api';
import { inBatches } from './batch';
import { readContacts, type Contact } from './read-contacts';
import { Refusal } from './refusal';
import { writeContacts, type Written } from './write-contacts';

const OWNER = 'hubspot_owner_id';

/** The stages of every account, in order. An account with stages of its own passes them with the write. */
const LIFECYCLE = [
	'subscriber',
	'lead',
	'marketingqualifiedlead',
	'salesqualifiedlead',
	'opportunity',
	'customer',
	'evangelist',
];

/** One record of HubSpot with all that this batch wants of it: two inputs for one record would reject the batch. */
interface Target {
	readonly email: string;
	/** Undefined: HubSpot does not know the address yet. */
	readonly contact: Contact | undefined;
	/** The record after the writes so far. */
	state: Fields;
	/** What each write was not allowed to change, by its position. */
	readonly kept: Map<number, Readonly<Record<string, Kept>>>;
}

/** Reads, compares, and writes what differs: no change is no call. */
export async function upsertContacts(
	api: Api,
	writes: readonly ContactWrite[],
): Promise<WriteResult[]> {
	const wanted = writes.map(toHubSpot);
	const found = await readContacts(api, {
		emails: wanted.map(({ email }) => email),
		properties: wanted.flatMap(({ properties }) => Object.keys(properties)),
	});
	const targets = plan(wanted, found);
	const written = await write(api, [...new Set(targets)].filter(isTarget));
	return targets.map((target, position) => {
		if (target instanceof Error) return failed(target);
		const result = written.get(target);
		return result instanceof Error ? failed(result) : succeeded(target, position, result);
	});
}

const isTarget = (target: Target | Error): target is Target => !(target instanceof Error);

/** The owner is a property like the others; kept means protected. */
function toHubSpot(write: ContactWrite): ContactWrite {
	const { ownerId, keepOwner } = write;
	return {
		...write,
		email: write.email.trim().toLowerCase(),
		properties: { ...write.properties, ...(ownerId && { [OWNER]: ownerId }) },
		protect: [...(write.protect ?? []), ...(keepOwner ? [OWNER] : [])],
		forwardOnly: { lifecyclestage: LIFECYCLE, ...write.forwardOnly },
	};
}

/** Writes to one record are applied one after the other, as if they had come alone: the later value wins, the rules hold between them. */
function plan(
	writes: readonly ContactWrite[],
	found: ReadonlyMap<string, Contact | Error>,
): Array<Target | Error> {
	const targets = new Map<string, Target>();
	return writes.map((write, position) => {
		const contact = found.get(write.email);
		if (contact instanceof Error) return contact;
		const key = contact?.id ?? write.email;
		const target = targets.get(key) ?? {
			email: write.email,
			contact,
			state: contact?.properties ?? {},
			kept: new Map(),
		};
		targets.set(key, target);
		const { changed, kept } = diffFields(target.state, write.properties, write);
		target.state = applyChanges(target.state, changed);
		target.kept.set(position, kept);
		return target;
	});
}

/** Known records by id and new ones by address: with an address as the key HubSpot does not support a partial write (see write-contacts.ts). */
async function write(api: Api, targets: readonly Target[]): Promise<Map<Target, Written | Error>> {
	const results = new Map<Target, Written | Error>();
	const inputs = targets.map((target) => ({
		target,
		email: target.email,
		recordId: target.contact?.id,
		properties: Object.fromEntries(
			Object.entries(changesOf(target)).map(([name, { to }]) => [name, to] as const),
		),
	}));
	for (const known of [true, false]) {
		const batch = inputs.filter(
			({ recordId, properties }) =>
				(recordId !== undefined) === known && (!known || Object.keys(properties).length > 0),
		);
		const answers = await inBatches(batch, async (part) => await writeContacts(api, part), {
			culprits,
		});
		batch.forEach(({ target }, index) => {
			const answer = answers[index];
			if (answer) results.set(target, answer);
		});
	}
	return results;
}

/** The inputs that HubSpot's sentence certainly means, so that a batch of bad records is not halved a hundred times. */
function culprits<I extends { readonly properties: Readonly<Record<string, string>> }>(
	{ problems }: Refusal,
	inputs: readonly I[],
): I[] {
	return inputs.filter(({ properties }) =>
		problems.some(({ name, error, message }) => {
			const value = properties[name];
			if (value === undefined) return false;
			if (error === 'PROPERTY_DOESNT_EXIST' || error === 'READ_ONLY_VALUE') return true;
			return message.startsWith(`${value} was not`);
		}),
	);
}

function changesOf({ contact, state }: Target): Record<string, Change> {
	const before = contact?.properties ?? {};
	const changes = Object.entries(state).flatMap(([name, to]): Array<[string, Change]> => {
		const from = before[name] ?? '';
		if (!to || sameValue(from, to)) return [];
		return [[name, { ...(from && { from }), to }]];
	});
	return Object.fromEntries(changes);
}

function succeeded(target: Target, position: number, written: Written | undefined): WriteResult {
	const { contact, state } = target;
	const recordId = written?.recordId ?? contact?.id;
	if (!recordId) return failed(new Error('HubSpot gave the contact no id'));
	const kept = target.kept.get(position) ?? {};
	const owner = state[OWNER];
	const url = written?.url ?? contact?.url;
	return {
		ok: true,
		recordId,
		operation: written?.operation ?? 'unchanged',
		changed: changesOf(target),
		kept,
		...(owner && { ownerId: owner }),
		...(url && { url }),
	};
}

function failed(error: Error): WriteResult {
	const properties = error instanceof Refusal ? error.problems.map(({ name }) => name) : [];
	return { ok: false, error, ...(properties.length > 0 && { properties }) };
}
