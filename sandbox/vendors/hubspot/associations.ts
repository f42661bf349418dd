import type { VendorReply, VendorRequest } from '../port';
import { isObject, type Json } from '../request';
import { body, complete, inputs, reply, type Read } from './batch';
import { invalidInput, notFound, refused, type Refusal } from './errors';
import { objectTypeNamed } from './portal';
import type { ObjectType } from './property';
import type { Records, StoredRecord } from './records';

export interface LinkAsked {
	readonly to: StoredRecord;
	readonly category: string;
	readonly typeId: number;
}

/** HubSpot's own association types, from and to. */
const typeIds: Readonly<Record<number, readonly [string, string]>> = {
	1: ['contacts', 'companies'],
	2: ['companies', 'contacts'],
	191: ['companies', 'tasks'],
	192: ['tasks', 'companies'],
	203: ['contacts', 'tasks'],
	204: ['tasks', 'contacts'],
	279: ['contacts', 'companies'],
	280: ['companies', 'contacts'],
};

/** `associations` of a create: what to link to, or why not. */
export function linksAsked(records: Records, from: ObjectType, asked: unknown): Read<LinkAsked[]> {
	if (asked === undefined) return { ok: true, value: [] };
	if (!Array.isArray(asked))
		return no(invalidInput('Invalid input JSON: associations must be a list'));
	const links: LinkAsked[] = [];
	for (const entry of asked) {
		const to: unknown = isObject(entry) ? entry['to'] : undefined;
		const types = typesOf(isObject(entry) ? entry['types'] : undefined);
		if (!isObject(to) || !types) {
			return no(invalidInput('Invalid input JSON: an association needs to.id and types'));
		}
		for (const { category, typeId } of types) {
			const target = targetOf(records, from, String(to['id']), typeId);
			if (!target.ok) return target;
			links.push({ to: target.value, category, typeId });
		}
	}
	return { ok: true, value: links };
}

/** POST /crm/associations/{version}/{from}/{to}/batch/create */
export function associate(
	records: Records,
	from: ObjectType,
	to: ObjectType,
	request: VendorRequest,
): VendorReply {
	const list = batch(request, ['from', 'to', 'types'], 2_000);
	if (!list.ok) return reply(list);
	const results: Json[] = [];
	const pairs: Array<{ source: StoredRecord; links: LinkAsked[] }> = [];
	for (const input of list.value) {
		const source = records.find(from, idIn(input['from']));
		if (!source) return refused(notFound(`Object not found: ${idIn(input['from'])}`));
		const links = linksAsked(records, from, [{ to: input['to'], types: input['types'] }]);
		if (!links.ok) return reply(links);
		const stray = links.value.find((link) => link.to.type !== to);
		if (stray)
			return refused(
				invalidInput(`associationTypeId ${stray.typeId} is not ${from.name} to ${to.name}`),
			);
		pairs.push({ source, links: links.value });
		results.push({
			fromObjectTypeId: from.typeId,
			fromObjectId: Number(source.id),
			toObjectTypeId: to.typeId,
			toObjectId: Number(idIn(input['to'])),
			labels: [],
		});
	}
	for (const { source, links } of pairs) {
		for (const link of links) records.link({ from: source, ...link });
	}
	return { status: 201, body: complete(results), wrote: true };
}

/** POST /crm/associations/{version}/{from}/{to}/batch/read */
export function associated(
	records: Records,
	from: ObjectType,
	to: ObjectType,
	request: VendorRequest,
): VendorReply {
	const list = batch(request, ['id', 'after'], 1_000);
	if (!list.ok) return reply(list);
	const results = list.value.flatMap((input) => {
		const source = records.find(from, String(input['id']));
		const links = source ? records.links(source, to) : [];
		if (links.length === 0) return [];
		return {
			from: { id: String(input['id']) },
			to: links.map((link) => ({
				toObjectId: Number(link.to.id),
				associationTypes: [
					{ category: link.category, typeId: directed(link.typeId, from), label: null },
				],
			})),
		};
	});
	return { status: 200, body: complete(results) };
}

function batch(request: VendorRequest, known: readonly string[], max: number): Read<Json[]> {
	const sent = body(request, ['inputs']);
	return sent.ok ? inputs(sent.value, known, max) : sent;
}

function targetOf(
	records: Records,
	from: ObjectType,
	id: string,
	typeId: number,
): Read<StoredRecord> {
	const [source, target] = typeIds[typeId] ?? [];
	if (source !== from.name) {
		return no(invalidInput(`associationTypeId ${typeId} is not valid from ${from.name}`));
	}
	const type = objectTypeNamed(target ?? '');
	const found = type && records.find(type, id);
	return found ? { ok: true, value: found } : no(notFound(`Object not found: ${id}`));
}

function typesOf(value: unknown): Array<{ category: string; typeId: number }> | undefined {
	if (!Array.isArray(value) || value.length === 0) return undefined;
	const types = value.map((type) => ({
		category: String(isObject(type) ? type['associationCategory'] : ''),
		typeId: Number(isObject(type) ? type['associationTypeId'] : NaN),
	}));
	const known = ['HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED'];
	return types.every(({ category }) => known.includes(category)) ? types : undefined;
}

/** The id of the same association seen from this side. */
function directed(typeId: number, from: ObjectType): number {
	const [source, target] = typeIds[typeId] ?? [];
	if (source === from.name) return typeId;
	const back = Object.entries(typeIds).find(([, [a, b]]) => a === target && b === source);
	return back ? Number(back[0]) : typeId;
}

function idIn(value: unknown): string {
	return String(isObject(value) ? value['id'] : '');
}

function no(refusal: Refusal): { ok: false; refusal: Refusal } {
	return { ok: false, refusal };
}
