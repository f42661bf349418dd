import type { Delivery } from '../../../lib/domain/signature/received';
import type { Material, Scheme } from '../../../lib/domain/signature/scheme';
import { signatures } from '../../../lib/vendors/signatures';
import { genericHmac } from '../../../lib/vendors/signatures/generic';
import { jwt } from '../../../lib/vendors/signatures/jwt';
import { staticHeader } from '../../../lib/vendors/signatures/static-header';
import { urlToken } from '../../../lib/vendors/signatures/url-token';
import { SAMPLES, SIGNERS } from './signers';
import { materialFor, SAMPLES_MORE, SETTINGS, SIGNERS_MORE } from './signers-more';

/** A scheme with a delivery that its sender would really make. */
export interface Case {
	readonly id: string;
	readonly scheme: Scheme;
	readonly material: Material;
	readonly delivery: Delivery;
}

export const NOW = 1_700_000_000_000;
export const URL_CALLED = 'https://hooks.example.com/webhook/lead?src=a%20b&x=%3A1';

const factories = [genericHmac, jwt, staticHeader, urlToken];

export const EVERY_SCHEME: readonly Scheme[] = [
	...signatures,
	...factories.map((factory) => factory.open(SETTINGS[factory.id] ?? {})),
];

/** Throws where a scheme has no signer: none may go untested. */
export function caseOf(scheme: Scheme, now = NOW): Case {
	const { id } = scheme;
	const signer = { ...SIGNERS, ...SIGNERS_MORE }[id];
	const sample = { ...SAMPLES, ...SAMPLES_MORE }[id];
	if (!signer || !sample) throw new Error(`${id} has no signer in signers.ts or signers-more.ts`);
	const body = Buffer.from(sample.body(now));
	const sent = signer(body, sample.secret, { now, url: URL_CALLED });
	return {
		id,
		scheme,
		material: materialFor(id, sample.secret),
		delivery: {
			method: 'POST',
			url: sent.url ?? URL_CALLED,
			headers: sent.headers,
			body: sent.body ?? body,
		},
	};
}

export const without = (headers: Delivery['headers'], name: string): Delivery['headers'] =>
	Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));
