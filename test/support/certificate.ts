/**
 * A key pair for mail.studio.example and the authority that signed it, for servers on loopback. Made once, good until
 * 2119, and trusted by nobody: for tests that must not need openssl.
 */
export const hostName = 'mail.studio.example';

export const authority = `-----BEGIN CERTIFICATE-----
MIIBiDCCAS+gAwIBAgIUYbbOFsR7qH62vi1sm/XBnUV4+5UwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOVGVzdCBhdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEx
OTEyMDgwMDAwMDBaMBkxFzAVBgNVBAMMDlRlc3QgYXV0aG9yaXR5MFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAELGwmeenh2+KnvcSlipxXLzNf09+uRnNQPRBvORfQ
KBcx9hVMYP3wCyySEWX7HDmDxy6lR7288fL8z/Rx14NJWqNTMFEwHQYDVR0OBBYE
FE8POKbHJI4xkINWAe0zpulB6SipMB8GA1UdIwQYMBaAFE8POKbHJI4xkINWAe0z
pulB6SipMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgcH9mzRRO
/5qVAwIp9E4LiErJui3UFYbKSXrYvPRSQlICIC0I6N2dVauegZtn82VT7vIuwvjj
SUkz0WpNdGmZlo/0
-----END CERTIFICATE-----
`;

export const cert = `-----BEGIN CERTIFICATE-----
MIIBnTCCAUOgAwIBAgIUIc5Jxum+edFd5qIyX7lKmBcS1C4wCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOVGVzdCBhdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEx
OTEyMDgwMDAwMDBaMB4xHDAaBgNVBAMME21haWwuc3R1ZGlvLmV4YW1wbGUwWTAT
BgcqhkjOPQIBBggqhkjOPQMBBwNCAAR9/Bnn4WgDKYgFHP7FbRyooOsZzqm0imHu
5t3s39LtavTafAJvrJDvt7EF8KPowYZ+T5n6KLUxhBsm8SdbO+eko2IwYDAeBgNV
HREEFzAVghNtYWlsLnN0dWRpby5leGFtcGxlMB0GA1UdDgQWBBQCrdmltwfgNXWw
ljHGac2VxeXK6zAfBgNVHSMEGDAWgBRPDzimxySOMZCDVgHtM6bpQekoqTAKBggq
hkjOPQQDAgNIADBFAiEAvDlu6YYoOr9OY6n9dbHkEpIA/mN6jDVJkxH9k53tDQMC
IA0jQASlzskhOjzonrW/K7O/GeZsHx6OjxdQMYNlmAqx
-----END CERTIFICATE-----
`;

export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgFntqycClxrh66ish
DhzwL9STirn1h2vtGO443tueDlShRANCAAR9/Bnn4WgDKYgFHP7FbRyooOsZzqm0
imHu5t3s39LtavTafAJvrJDvt7EF8KPowYZ+T5n6KLUxhBsm8SdbO+ek
-----END PRIVATE KEY-----
`;
