import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** What the simulated senders sign with. The keys open nothing: nobody else's events are signed with them. */
const ADOBE = [
	'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCiPWF0/75CxKeBthzP0/XZ1YDiygrH3XXjrus4',
	'2jNx5Edq/rVPzSY0R7hg1yeAO2soTS6rEfIbYRyzDAmrEJ6HXOKse9C+5ZxGJgCsG4le9HzHIJItwdezE0ImRMCv',
	'/WDMx1bp1/vxDJhfmoFdfGUO5zE/MlLRkYjBQT3M+ShkokVhUa2SGIJul0oAo8MBbLp/m8jhOEIT8afu1gjyWluc',
	'1Fn3jhuuEa59+qZRb1HvVPQ8ztEMEwphQiMffChBnch5LetbDoUOk3jAbIyubKpCPA3WFWT7D5Rrpjq5r2klAHLn',
	'9FhfQ4iU9zaNiFXOzSVjvrFRDQbjmaSo+2CZ1/GFAgMBAAECggEABC+nQxiSNTDTzaIATlB+yHcc0z05V/zb3NsX',
	'kKj4qNimCxm1XfDCKpkrJbyHdWSTGEAdkyZsY852qhwGZ9aO8Jkx9BdhxHsyNBEo9UfknIGccprhirK0uRcnHsup',
	'WSEljUMbd/8trgOQLu9SpTHffanzeFj5EBU8PRhM2uwW4bnPlIYN8Nf82jMN4g4m48xDsBj0Kz3e2gRww7YUp6yL',
	'74ZyD1gZK5Do4l5Dt8fJzvR5o4MlzzTlgyF4u2ohcv3fGPlBrAcQIRQwVzcbcmQdRnnRcuO8sf4XRdaMJRPM5aT1',
	'kOOxoWTo2T12FehBzfbWlsRkh1hTDO8EhhfEH6KzZQKBgQDhVgzQ5wSUphMG3zAlPhTZJwWsNEkO5WI4gx7UkN76',
	'sKdIhH+kpJ2hh9gAUVgIB8Hw/WBLFIUwuRsPR5pU+1sTLSn41GWkDGmt9GDASABXoFwH5rco3LzUmFuVm/wjgcTh',
	'Ci5TR4cbzgjxFY72FTof118A+tXb+pHSB0pdtTlpBwKBgQC4UUQvpS85mecbczJgJ7D5qj1beQBxuQmjx1RxbZAG',
	'1bZxAhiHvZhQ5LP4MrraEQMaQsttiiTUDSHMtRVRg9Pgniqa+tDSdByOyRoUiZyqpttXbUvUANWpR29IrHgVICal',
	'ayHVscTdsO6tHWQltYp1ybB8cyc2ObYAyerPNVYqEwKBgDDLAEVv8Lb7ax1O0M8PrVYENB9Axx0ZoHYaNl/S6uWf',
	'wOlb/4O4PYXPs38GHijG/UDgrKw1Sk3tlyVs3MdQEj2Jxw/hdgzavztyskyQirput97iH4ESozTptNMljqhlnisY',
	'mEViNKhZqegCQg2ZNRfV+/VrW0mh7VdsSrcV2dObAoGADaMtqVzOdrOVbumCE608Iezfp1H3n3JybSTFcbMKkgbj',
	'/c6K5Bg6GdoiGr4eJx5VHW9Nv+gVu37RPmUzk5luZtMtEdR2+OtQZZwpitV3uwSne/uBPclmBaVcbYMdS2rakSix',
	'Ey+ZAlIiBrsC+utIuFhY74xRnWh9t+c4sWYf3vMCgYEAn7ADoV2/YZnodRIp2Ln777aQieY8AbduDql55Japrepb',
	'jyfX3ZwERCdKGSdrhvgUjefBsZ6Hp6C+qaF6m2YNKWC40uwBciToKdsMn+sX6UWVNnLjJLpHtqA+Oe02QX0j+9ox',
	'tRvqoA+ougkyelVW4hMLVxcCirREmqchw/fCsx8=',
];
const SENDGRID = [
	'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/On73JKw2jdSn7qkyrMTKBeoZa/S/C3TJx6NpGB7',
	'hFWhRANCAARpIPcWvS6hDathubLFziHjz1fk7SWtjrygCi2ZJTM+uHLpLCWntyJ5r9HB+3zqahv/vsTNpke5/u6g',
	'wQl2MdUf',
];

export const adobeKey = readKey(ADOBE);
export const sendgridKey = readKey(SENDGRID);

/** Where Adobe's key store has it. */
export const ADOBE_KEY_PATH = '/prod/keys/pub-key-sandbox-1.pem';

export const adobePublicKey = () => pem(adobeKey);

/** As SendGrid's panel shows it: base64 without the PEM lines. */
export const sendgridPublicKey = createPublicKey(sendgridKey)
	.export({ type: 'spki', format: 'der' })
	.toString('base64');

const pem = (key: KeyObject) =>
	createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();

function readKey(lines: readonly string[]): KeyObject {
	return createPrivateKey({
		key: Buffer.from(lines.join(''), 'base64'),
		format: 'der',
		type: 'pkcs8',
	});
}
