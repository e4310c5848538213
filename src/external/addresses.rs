//! Turns the names of hosts into network addresses, and says which of those may be asked.

use std::fmt::Debug;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};

/// What leads to other sites. Tests have one of their own, which leads to a server of theirs.
pub trait Network: Debug + Send + Sync + 'static {
    /// Returns the addresses of a host.
    ///
    /// # Errors
    ///
    /// When there is no such host, or nobody can say.
    fn look_up(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;

    /// Returns whether an address may be asked.
    fn may_ask(&self, address: SocketAddr) -> bool;
}

/// The public internet, as this machine reaches it.
#[derive(Debug, Clone, Copy)]
pub struct Internet;

impl Network for Internet {
    fn look_up(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok((host, port).to_socket_addrs()?.collect())
    }

    fn may_ask(&self, address: SocketAddr) -> bool {
        is_public(address.ip())
    }
}

/// Returns whether everybody reaches the same machine at an address: not this one, nor one in a private network.
///
/// Follows the registries of [special IPv4](https://www.iana.org/assignments/iana-ipv4-special-registry/) and
/// [special IPv6](https://www.iana.org/assignments/iana-ipv6-special-registry/) addresses.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let special = match address.octets() {
        // This network, this machine, and private networks.
        [0 | 10 | 127, ..] | [169, 254, ..] | [192, 168, ..] => true,
        [172, second, ..] => (16..=31).contains(&second),
        // Shared by the customers of one provider.
        [100, second, ..] => (64..=127).contains(&second),
        // Protocols, documentation, old relays and measurements.
        [192, 0, 0 | 2, _] | [192, 88, 99, _] | [198, 51, 100, _] | [203, 0, 113, _] => true,
        [198, second, ..] => (18..=19).contains(&second),
        // Many receivers at once, what is reserved, and everybody here.
        [(224..=255), ..] => true,
        _ => false,
    };
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inside) = address.to_ipv4_mapped() {
        return is_public_v4(inside);
    }
    let parts = address.segments();
    match parts {
        // Networks without IPv4 reach it by these.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let bits = u32::from(high) << 16 | u32::from(low);
            is_public_v4(Ipv4Addr::from(bits))
        }
        // Protocols and tunnels, documentation.
        [0x2001, (..=0x1ff) | 0xdb8, ..] | [0x2002, ..] | [0x3fff, (..=0xfff), ..] => false,
        [first, ..] => (0x2000..=0x3fff).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_everybody_reaches_are_public() {
        for (address, expected) in [
            ("93.184.216.34", true),
            ("1.1.1.1", true),
            ("172.15.0.1", true),
            ("172.32.0.1", true),
            ("100.63.0.1", true),
            ("100.128.0.1", true),
            ("198.17.0.1", true),
            ("198.20.0.1", true),
            ("192.0.1.1", true),
            ("223.255.255.255", true),
            ("0.0.0.0", false),
            ("0.1.2.3", false),
            ("10.0.0.1", false),
            ("100.64.0.1", false),
            ("100.127.255.255", false),
            ("127.0.0.1", false),
            ("127.255.255.254", false),
            ("169.254.169.254", false),
            ("172.16.0.1", false),
            ("172.31.255.255", false),
            ("192.0.0.8", false),
            ("192.0.2.1", false),
            ("192.88.99.1", false),
            ("192.168.1.1", false),
            ("198.18.0.1", false),
            ("198.19.255.255", false),
            ("198.51.100.1", false),
            ("203.0.113.1", false),
            ("224.0.0.1", false),
            ("239.255.255.250", false),
            ("240.0.0.1", false),
            ("255.255.255.255", false),
            ("2606:2800:220:1:248:1893:25c8:1946", true),
            ("2001:200::1", true),
            ("2a00:1450::1", true),
            ("::ffff:1.1.1.1", true),
            ("64:ff9b::1.1.1.1", true),
            ("::", false),
            ("::1", false),
            ("::7f00:1", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:10.0.0.1", false),
            ("::ffff:0:1.1.1.1", false),
            ("64:ff9b::10.0.0.1", false),
            ("64:ff9b:1::1", false),
            ("100::1", false),
            ("2001::1", false),
            ("2001:db8::1", false),
            ("2001:20::1", false),
            ("2002:7f00:1::", false),
            ("3fff:1::1", false),
            ("4000::1", false),
            ("5f00::1", false),
            ("fc00::1", false),
            ("fd12:3456::1", false),
            ("fe80::1", false),
            ("fec0::1", false),
            ("ff02::1", false),
        ] {
            let parsed = address.parse().expect("it is an address");
            assert_eq!(is_public(parsed), expected, "{address}");
        }
    }
}
