import type { HttpResponse } from '../runtime/http';

/** The version that a vendor says answered, kept for the audit trail; empty where it says nothing. */
export function apiVersion({ headers }: HttpResponse): { readonly apiVersion?: string } {
	const version = headers['api-version'] ?? headers['x-api-version'];
	return version ? { apiVersion: version } : {};
}
