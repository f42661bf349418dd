import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { generateCACertificate } from 'mockttp';

export interface CertificateAuthority {
	readonly key: string;
	readonly cert: string;
	/** For NODE_EXTRA_CA_CERTS. */
	readonly certPath: string;
}

/** The sandbox's own certificate authority: made once in `dir`, reused afterwards. */
export async function certificateAuthority(dir: string): Promise<CertificateAuthority> {
	const home = join(dir, 'ca');
	if (!existsSync(home)) await makeIn(dir, home);
	const certPath = join(home, 'ca.pem');
	return {
		key: readFileSync(join(home, 'ca.key'), 'utf8'),
		cert: readFileSync(certPath, 'utf8'),
		certPath,
	};
}

async function makeIn(dir: string, home: string): Promise<void> {
	const made = await generateCACertificate({
		subject: { commonName: 'Lead Handoff Sandbox CA', organizationName: 'Lead Handoff Sandbox' },
	});
	mkdirSync(dir, { recursive: true });
	const draft = mkdtempSync(join(dir, 'ca-'));
	writeFileSync(join(draft, 'ca.key'), made.key, { mode: 0o600 });
	writeFileSync(join(draft, 'ca.pem'), made.cert);
	try {
		renameSync(draft, home);
	} catch {
		// Another start was faster: its pair stands.
		rmSync(draft, { recursive: true });
	}
}
