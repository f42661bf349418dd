import type { KeyObject } from 'node:crypto';
import type { Encoding } from './decode';
import type { Received } from './received';
import type { Refused } from './refusals';

/** What a scheme finds in a delivery before anything is proven. */
export interface Signed {
	/** As sent, still encoded; any one of them may match. */
	readonly signatures: readonly Offered[];
	/** The sender's id of this event, where it is part of the proof: the same when it sends it again. */
	readonly eventId?: string;
	/** Epoch ms. */
	readonly timestamp?: number;
	/** The timestamp as it was sent, for schemes that sign its text. */
	readonly timestampText?: string;
	/** Where this version of the signature has a clock of its own. Default: the scheme's. */
	readonly toleranceMs?: number;
}

export interface Offered {
	readonly text: string;
	/** Which of the scheme's proofs this belongs to; absent where it has one. */
	readonly version?: string;
	/** Where the sender publishes the key of this signature. */
	readonly keyUrl?: string;
}

export type Read = ({ readonly ok: true } & Signed) | Refused;

/** What was signed, in pieces that follow one another without separators. */
export type Content = ReadonlyArray<string | Buffer>;

/** The several spellings of what may have been signed, where the sender's documents leave it open: a signature cannot be forged by trying. */
export type Contents<S = unknown> = (
	received: Received,
	signed: Signed,
	secret: S,
) => readonly Content[];

/** How a signature is proven. A scheme says where things are and what was signed, never how to compare. */
export type Proof = { readonly version?: string } & (
	| {
			readonly kind: 'hmac';
			readonly algorithm: Digest;
			readonly encoding: Encoding;
			readonly contents: Contents;
			/** The key from the secret as the user pasted it; null when it cannot be one. Default: its UTF-8 bytes. */
			readonly key?: (secret: string) => Buffer | null;
	  }
	/** A plain hash over content that holds the secret. */
	| {
			readonly kind: 'hash';
			readonly algorithm: Digest;
			readonly encoding: Encoding;
			readonly contents: Contents<string>;
	  }
	| {
			readonly kind: 'public-key';
			readonly algorithm: 'rsa-sha256' | 'ecdsa-sha256' | 'ed25519';
			readonly encoding: Encoding;
			readonly contents: Contents;
			/** Null when this is not a public key of this scheme. Default: PEM, or base64 of SPKI DER. */
			readonly key?: (text: string) => KeyObject | null;
	  }
	/** The sender knows a secret and says it: equality, in constant time. */
	| {
			readonly kind: 'token';
			/** Which list of the credential the sender has to know one of. Default: the secrets. */
			readonly known?: 'secret' | 'expected-id';
			/** Every text offered has to be a known one: for deliveries in which each event says it. */
			readonly every?: true;
			/** The text that the sender has to say. Default: the secret itself. */
			readonly expected?: (secret: string) => string | null;
	  }
	| {
			readonly kind: 'jwt';
			readonly algorithms: readonly JwtAlgorithm[];
			readonly issuer?: string;
			/** Besides the expected ids of the credential. */
			readonly audiences?: readonly string[];
	  }
);

export type Digest = 'sha1' | 'sha256' | 'sha384' | 'sha512';
export type JwtAlgorithm =
	'HS256' | 'HS384' | 'HS512' | 'RS256' | 'RS384' | 'RS512' | 'PS256' | 'ES256' | 'ES384';

/** What the credential holds. Index 0 of a list is the current one. */
export interface Material {
	readonly secrets: readonly string[];
	readonly publicKeys: readonly string[];
	/** Whom deliveries are meant for: client id, organisation id, audience. */
	readonly expectedIds: readonly string[];
	/** Keys that the sender publishes, by the URL that `keyUrls` named. */
	readonly fetched?: ReadonlyMap<string, string>;
}

/** One thing that happened; a delivery may carry many. */
export interface EventFact {
	/** The sender's own id, the same on every retry. */
	readonly id?: string;
	/** What together names the event where the sender has no id for it. */
	readonly composite?: readonly unknown[];
	readonly type?: string;
	/** When it happened by the sender's clock, epoch ms. */
	readonly occurredAt?: number;
	/** The event itself, where the delivery carries a list of them. */
	readonly data?: unknown;
}

/** What the sender is told at once, without the workflow. */
export interface Answer {
	readonly status: number;
	readonly contentType?: string;
	readonly body?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** How one sender signs: data, so that a new sender cannot forget constant time, strict decoding or the replay window. */
export interface Scheme {
	readonly id: string;
	readonly title: string;
	/** What the credential must hold. */
	readonly needs: 'secret' | 'public-key' | 'secret-or-public-key' | 'expected-id';
	/** Where the user finds it, e.g. `HubSpot: app > Auth > Client secret`. One sentence for panel and docs. */
	readonly where: string;
	/** The sender's documents. */
	readonly docs: string;
	/** What this scheme does not protect against, said to the user. */
	readonly weakness?: string;
	/** The public URL is part of what is signed. */
	readonly signsUrl?: true;
	/** How far the sender's clock may be from ours, either way; null when the age is not looked at unless the user asks for it. */
	readonly toleranceMs: number | null;
	/** It may say when it signed, though how old that is is not looked at by itself. */
	readonly mayHaveClock?: true;
	readonly read: (received: Received, material: Material) => Read;
	readonly proofs: readonly Proof[];
	/** Keys to fetch before judging. Refuses what lies outside the sender's own key store. */
	readonly keyUrls?: (
		received: Received,
	) => { readonly ok: true; readonly urls: readonly string[] } | Refused;
	/** What else must hold once the signature does, e.g. the recipient. Null: it does. */
	readonly also?: (received: Received, material: Material, now: number) => Refused | null;
	/** The events of a delivery that was verified. Default: one, known by its bytes. */
	readonly events?: (received: Received) => readonly EventFact[];
	/** A subscription check or test message, which is answered and is no lead. */
	readonly challenge?: {
		/** Comes without a signature; answered before any proof. Must not reveal anything that helps to forge one. */
		readonly unsigned?: (received: Received, material: Material) => Answer | null;
		/** Comes signed; asked only once it is verified, with the secret that matched. */
		readonly signed?: (received: Received, secret: string) => Answer | null;
	};
	/** What the sender must be answered when a delivery is accepted. Default: 200 with an empty body. */
	readonly acknowledge?: Answer;
}

/** A scheme that the user's settings make. `open` throws `CONFIG_INVALID` naming the setting. */
export interface SchemeFactory extends Pick<
	Scheme,
	'id' | 'title' | 'needs' | 'where' | 'docs' | 'weakness'
> {
	readonly open: (settings: Readonly<Record<string, unknown>>) => Scheme;
}
