import type { FieldPath } from '../../lib/domain/enrichment-fields';
import type { Lead } from '../../lib/domain/lead';
import type { Http } from '../../lib/runtime/http';
import type {
	CompanyQuery,
	ContactQuery,
	EmailVerdict,
	EnrichmentProvider,
	Facts,
	LaterLookup,
} from '../../lib/vendors/enrichment/port';
import type { Persona } from '../../sandbox/personas';
import type { Secrets } from '../../sandbox/secrets';
import type { OpenVendor } from '../../sandbox/vendors/port';
import { answersContract } from './enrichment-answers.contract';
import type { Desk } from './enrichment-desk';
import { laterContract } from './enrichment-later.contract';
import { troubleContract } from './enrichment-trouble.contract';
import type { Sign } from './vendor-server';

/** A question about a lead, and what the simulator's personas make of it. */
export interface Expected {
	readonly lead: Lead;
	/** Default: all that the provider fills. */
	readonly wanted?: readonly FieldPath[];
	/** What the answer must hold, besides whatever else. */
	readonly fields: Facts;
	readonly credits: number;
	/** What it must not hold: a gap in what the provider knows. */
	readonly absent?: readonly FieldPath[];
}

/** A question about nobody that the provider knows. */
export interface Unknown extends Pick<Expected, 'lead' | 'wanted'> {
	/** Where the vendor charges for not knowing. Default: 0. */
	readonly credits?: number;
}

/** One provider, the simulator that plays it, and what it is asked. */
export interface EnrichmentSuite {
	readonly provider: EnrichmentProvider;
	readonly open: OpenVendor;
	/** Signs as the credential does, with the key that the simulator knows, and with one that it does not. */
	readonly sign: Sign;
	readonly wrongSign: Sign;
	/** Default: the sandbox's own. */
	readonly personas?: readonly Persona[];
	readonly secrets?: Secrets;
	readonly found?: Expected;
	readonly partial?: Expected;
	readonly nobody?: Unknown;
	readonly company?: {
		readonly found: {
			readonly query: CompanyQuery;
			readonly fields: Facts;
			readonly credits: number;
		};
		readonly nobody: CompanyQuery;
	};
	readonly bulk?: { readonly wanted?: readonly FieldPath[] };
	readonly verify?: Readonly<Record<string, EmailVerdict>>;
	readonly contacts?: {
		readonly query: ContactQuery;
		readonly fullNames: readonly string[];
		readonly credits: number;
		readonly nobody: ContactQuery;
	};
	readonly later?: {
		/** How long the simulator takes, at most. */
		readonly readyMs: number;
		readonly found: Expected;
		readonly partial?: Expected;
		readonly nobody: Unknown;
		/** What the vendor answers for a job that it does not know. Default: refused. */
		readonly unknownJob?: 'pending' | 'refused';
		/** The vendor can call back. */
		readonly callsBack?: boolean;
		/** For a vendor that starts no job without one. */
		readonly callbackUrl?: string;
		/** The vendor says at the start already that it knows nobody. */
		readonly nobodyAtOnce?: boolean;
	};
	/** Failures that the vendor cannot have, with the reason. */
	readonly never?: Partial<
		Record<'quota' | 'wrong key' | 'rate limit' | 'unreadable answer', string>
	>;
	/** The vendor says "too many" inside a 200, without a Retry-After. */
	readonly rateLimitInBody?: boolean;
}

/** Something that a provider can be asked, for the failures that all questions share. */
export interface Question {
	readonly name: string;
	/** Costs nothing, so that it cannot fail for want of credits. */
	readonly free: boolean;
	/** What has to go well before: what it answers is given to `ask`. */
	prepare?(desk: Pick<Desk, 'http' | 'pass'>): Promise<string>;
	ask(http: Http, prepared: string): Promise<unknown>;
}

/**
 * What every enrichment provider must do, asked of its sandbox simulator over real HTTP. A new provider
 * passes this file or it is not one.
 */
export function enrichmentContract(suite: EnrichmentSuite) {
	describe(`enrichment provider: ${suite.provider.id}`, () => {
		describe('says of itself', () => {
			const { provider } = suite;
			it('an id, a title, a credential and a price', () => {
				expect(provider.id).toMatch(/^[a-z][a-zA-Z0-9]*$/);
				expect(provider.title.trim()).not.toBe('');
				expect(provider.credential).toMatch(/^[a-z][a-zA-Z0-9]*$/);
				for (const price of Object.values(provider.pricing)) {
					expect(price).toBeGreaterThanOrEqual(0);
				}
			});
			it('each field once', () => {
				expect([...new Set(provider.fills)]).toEqual([...provider.fills]);
			});
			it('everything that this suite has an answer for, and nothing else', () => {
				const can = (what: unknown) => what !== undefined;
				expect({
					company: can(provider.company),
					bulk: can(provider.bulk),
					verify: can(provider.emailVerifier),
					contacts: can(provider.contacts),
					later: can(provider.later),
				}).toEqual({
					company: can(suite.company),
					bulk: can(suite.bulk),
					verify: can(suite.verify),
					contacts: can(suite.contacts),
					later: can(suite.later),
				});
			});
		});
		answersContract(suite);
		if (suite.later) laterContract(suite);
		troubleContract(suite, questionsOf(suite));
	});
}

/** Every verb that the provider has, asked for somebody whom it knows. */
function questionsOf(suite: EnrichmentSuite): Question[] {
	const { provider, found, company, verify, contacts, later } = suite;
	const { bulk, emailVerifier } = provider;
	const wanted = found?.wanted ?? provider.fills;
	const email = Object.keys(verify ?? {})[0];
	const question = (name: string, ask: Question['ask'] | undefined, free = false) =>
		ask ? [{ name, ask, free }] : [];
	return [
		...question('lookup', found && ((http) => provider.lookup(found.lead, http, wanted))),
		...question(
			'company',
			company && ((http) => Promise.resolve(provider.company?.lookup(company.found.query, http))),
		),
		...question('bulk', bulk && found && ((http) => bulk.lookup([found.lead], http, wanted))),
		...question(
			'verify',
			emailVerifier && email ? (http) => emailVerifier.verify(email, http) : undefined,
		),
		...question(
			'contacts',
			contacts && ((http) => Promise.resolve(provider.contacts?.find(contacts.query, http))),
			contacts?.credits === 0,
		),
		...question(
			'later',
			later &&
				((http) =>
					Promise.resolve(provider.later?.start([later.found.lead], http, later.callbackUrl))),
		),
		...(later && provider.later?.collect ? [pollOf(provider.later, later)] : []),
	];
}

/** A job that has ended, asked for. */
const pollOf = (
	{ start, collect }: LaterLookup,
	{ found, readyMs, callbackUrl }: NonNullable<EnrichmentSuite['later']>,
): Question => ({
	name: 'later, when polled for',
	free: true,
	async prepare({ http, pass }) {
		const { jobId } = await start([found.lead], http(), callbackUrl);
		pass(readyMs);
		return jobId;
	},
	ask: async (http, jobId) => await collect?.(jobId, http),
});
