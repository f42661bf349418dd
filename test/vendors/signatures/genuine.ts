import type { Delivery } from '../../../lib/domain/signature/received';
import type { Material } from '../../../lib/domain/signature/scheme';
import { verify, type Verdict } from '../../../lib/domain/signature/verify';
import { opened } from './opened';
import { SAMPLES, SIGNERS, type Sample } from './signers';

export const NOW = 1_700_000_000_000;
export const URL = 'https://hooks.example.com/webhook/lead';

export function sampleOf(id: string): Sample {
	const sample = SAMPLES[id];
	if (!sample) throw new Error(`No sample of ${id}`);
	return sample;
}

/** A body as the sender of that id signs it. */
export function signed(id: string, body: Buffer, secret = sampleOf(id).secret): Delivery {
	const sent = SIGNERS[id]?.(body, secret, { now: NOW, url: URL });
	if (!sent) throw new Error(`No signer of ${id}`);
	return { method: 'POST', url: sent.url ?? URL, headers: sent.headers, body: sent.body ?? body };
}

export const genuine = (id: string) => signed(id, Buffer.from(sampleOf(id).body(NOW)));

export const material = (...secrets: readonly string[]): Material => ({
	secrets,
	publicKeys: [],
	expectedIds: [],
});

/** Default: the sample's secret, at the time of signing. */
export const judge = (
	id: string,
	delivery: Delivery,
	{
		secrets = [sampleOf(id).secret],
		now = NOW,
	}: { secrets?: readonly string[]; now?: number } = {},
): Verdict => verify(opened(id), delivery, material(...secrets), { now });
