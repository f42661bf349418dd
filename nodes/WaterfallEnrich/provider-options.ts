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

export const providerOptions = byTitle.map(optionOf);

/** Those that answer later. */
export const laterOptions = byTitle.filter(({ later }) => later).map(optionOf);

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
