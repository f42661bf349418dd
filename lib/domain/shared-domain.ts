import { parse } from 'tldts';
import { emailKind } from './email-kind';

/** Where companies have a page and no domain of their own: what people give as their website. */
const PLATFORMS: ReadonlySet<string> = new Set([
	...[
		'linkedin.com',
		'facebook.com',
		'fb.com',
		'instagram.com',
		'x.com',
		'twitter.com',
		'xing.com',
	],
	...['youtube.com', 'tiktok.com', 'linktr.ee', 'google.com', 'medium.com', 'wix.com'],
	...['wordpress.com', 'example.com', 'example.org', 'example.net'],
]);

/**
 * Whether a registrable domain (as `parseDomain` gives it) belongs to people of many companies: a mail
 * provider, a host of sites such as `myshopify.com`, a platform.
 */
export function isSharedDomain(domain: string): boolean {
	if (PLATFORMS.has(domain)) return true;
	// A host of sites is a suffix under which others register: it has no owner of its own.
	if (parse(domain, { allowPrivateDomains: true }).domain === null) return true;
	return ['personal', 'disposable'].includes(emailKind('', domain, domain));
}
