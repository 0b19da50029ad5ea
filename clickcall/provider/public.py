"""Which IP addresses belong to the public internet."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

NAT64 = IPv6Network("64:ff9b::/96")  # an IPv4 address written as IPv6


def is_public_ip(text: str) -> bool:
    """Whether an address leads out of every private network, also where IPv6 wraps an IPv4 address.

    Raises ValueError for what is no IP address.
    """
    return _is_public(ip_address(text))


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None)
        if inner is not None:
            return _is_public(inner)
    return ip.is_global and not ip.is_multicast
