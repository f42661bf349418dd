import type { Scheme } from '../../../lib/domain/signature/scheme';
import { signatures } from '../../../lib/vendors/signatures';
import { genericHmac } from '../../../lib/vendors/signatures/generic';
import { jwt } from '../../../lib/vendors/signatures/jwt';
import { staticHeader } from '../../../lib/vendors/signatures/static-header';
import { urlToken } from '../../../lib/vendors/signatures/url-token';

/** What the vectors say about a sender without a preset. */
export type Settings = Readonly<Partial<Record<string, string>>>;

/** Schemes that are made from settings. */
const MADE: Readonly<Record<string, (settings: Settings) => Scheme>> = {
	'generic-hmac': ({ header, algorithm, encoding }) =>
		genericHmac.open({ signatureHeader: header, algorithm, encoding }),
	jwt: ({ alg, iss }) => jwt.open({ algorithm: alg, issuer: iss }),
	'static-header': ({ header }) => staticHeader.open({ header }),
	'url-token': ({ param }) => urlToken.open({ parameter: param }),
};

/** A scheme by its id, from the registry or from settings. Throws where there is none. */
export function opened(id: string, settings: Settings = {}): Scheme {
	const scheme = signatures.find((known) => known.id === id) ?? MADE[id]?.(settings);
	if (!scheme) throw new Error(`No scheme is called ${id}`);
	return scheme;
}
