import { eventsOf } from '../../../lib/domain/signature/event-facts';
import { receive, type Delivery } from '../../../lib/domain/signature/received';
import type { Material, Scheme } from '../../../lib/domain/signature/scheme';
import { verify } from '../../../lib/domain/signature/verify';
import { caseOf, EVERY_SCHEME, NOW, URL_CALLED } from './every-scheme';
import { materialFor } from './signers-more';

/** A scheme of the registry, or one that is opened from settings. */
export const schemeOf = (id: string): Scheme => {
	const found = EVERY_SCHEME.find((scheme) => scheme.id === id);
	if (!found) throw new Error(`no ${id}`);
	return found;
};
export type Some = Partial<Omit<Delivery, 'body'>> & { readonly body?: string | Buffer };
export const delivered = ({ body = '', ...some }: Some): Delivery => ({
	method: 'POST',
	url: URL_CALLED,
	headers: {},
	body: Buffer.from(body),
	...some,
});
export const judged = (id: string, some: Some, material: Partial<Material> = {}, now = NOW) =>
	verify(schemeOf(id), delivered(some), { ...materialFor(id, 'secret'), ...material }, { now });
export const events = (id: string, some: Some) => eventsOf(schemeOf(id), receive(delivered(some)));
export const sample = (id: string) => {
	const { delivery } = caseOf(schemeOf(id));
	return { ...delivery, text: delivery.body.toString('utf8') };
};
export const asked = (id: string, some: Some) =>
	schemeOf(id).challenge?.unsigned?.(receive(delivered(some)), materialFor(id, 'secret')) ?? null;
