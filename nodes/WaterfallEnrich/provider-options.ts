import type { INodePropertyOptions } from 'n8n-workflow';
import { enrichment } from '../../lib/vendors/enrichment';
import type { EnrichmentProvider } from '../../lib/vendors/enrichment/port';
import type { Operation } from './operations';

const all: readonly EnrichmentProvider[] = enrichment;

const byTitle = [...all].sort((left, right) => left.title.localeCompare(right.title, 'en'));

const optionOf = ({ id, title }: EnrichmentProvider): INodePropertyOptions => ({
	name: title,
	value: id,
});

/** Those of the list. */
export const providerOptions = byTitle.map(optionOf);

/** The provider of a step whose API the user describes. */
export const CUSTOM = 'customHttp';

/** How a custom API is signed in to: n8n's own credential types, and none. */
export const CUSTOM_CREDENTIALS = {
	httpBasicAuth: 'Basic Auth',
	httpBearerAuth: 'Bearer Auth',
	httpHeaderAuth: 'Header Auth',
	oAuth2Api: 'OAuth2',
	httpQueryAuth: 'Query Auth',
	none: 'No Credential',
} as const;

export const customAccount = (credential: string) => `custom:${credential}`;

/** What can be ticked: every account asks for its credential. */
export const accountOptions: INodePropertyOptions[] = [
	...providerOptions,
	...Object.entries(CUSTOM_CREDENTIALS).map(([type, name]) => ({
		name: `Custom HTTP (${name})`,
		value: customAccount(type),
	})),
];

/** What a step can be. */
export const stepOptions: INodePropertyOptions[] = [
	...providerOptions,
	{ name: 'Custom HTTP', value: CUSTOM },
];

/** Those that answer later. */
export const laterOptions = byTitle.filter(({ later }) => later).map(optionOf);

/** Those whose credits have no public price in dollars. */
export const UNPRICED = byTitle.filter(
	({ pricing }) => pricing.currencyPerCredit === undefined && pricing.perHit > 0,
);

const CAN: Readonly<Partial<Record<Operation, (provider: EnrichmentProvider) => unknown>>> = {
	enrichCompany: ({ company }) => company,
	verifyEmail: ({ emailVerifier }) => emailVerifier,
	findContacts: ({ contacts }) => contacts,
};

/** By operation, the providers that have what it needs; an operation that all can do is left out. */
export const CAPABLE: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
	Object.entries(CAN).map(([operation, can]) => [
		operation,
		all.filter((provider) => can(provider)).map(({ id }) => id),
	]),
);

export const titlesOf = (operation: Operation): string =>
	byTitle
		.filter(({ id }) => CAPABLE[operation]?.includes(id))
		.map(({ title }) => title)
		.join(', ');
