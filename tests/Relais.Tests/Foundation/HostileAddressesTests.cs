using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Relais.Foundation;
using Shouldly;
using Xunit;

namespace Relais.Tests.Foundation;

/// <summary>Every writing of every private address, and names that change what they lead to, through the one fetcher.</summary>
public sealed class HostileAddressesTests
{
    private const int Least = 300;

    private static readonly string[] Private =
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.254", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.1.2.3", "169.254.169.254", "169.254.170.2",
        "172.16.0.1", "172.31.255.254", "192.0.0.8", "192.0.2.1", "192.168.0.1", "192.168.255.254", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
        "239.255.255.250", "240.0.0.1", "255.255.255.255",
    ];

    private static readonly string[] PrivateSix = ["::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2001::1", "100::1", "3fff::1"];

    private static readonly string[] Names =
    [
        "localhost", "LOCALHOST", "localhost.", "a.localhost", "intranet", "db.internal", "printer.local", "nas.lan", "router.home.arpa", "metadata.google.internal", "kubernetes.default",
    ];

    [Fact]
    public async Task No_writing_of_a_private_address_is_connected_to()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var hosts = Private.SelectMany(Writings).Concat(PrivateSix.Select(six => $"[{six}]")).Concat(Names).Distinct(StringComparer.Ordinal).ToList();
        hosts.Count.ShouldBeGreaterThan(Least);
        var asked = new ConcurrentBag<string>();
        using var http = new SafeHttp(resolve: (host, _) =>
        {
            // What a name server says of a private name; what is an address is read as the system reads it.
            asked.Add(host);
            return Task.FromResult<IPAddress[]>([IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : IPAddress.Loopback]);
        });
        foreach (var host in hosts)
        {
            var url = $"https://{host}:{port}/x";
            var posted = (await http.Post(url, [], new Dictionary<string, string>(), CancellationToken.None)).ShouldBeOfType<SafePost.Failed>(url).Reason;
            Said(posted).ShouldBeTrue($"{url}: {posted}");
            var got = (await http.Get(url, 1_000, CancellationToken.None)).ShouldBeOfType<SafeGet.Failed>(url).Reason;
            Said(got).ShouldBeTrue($"{url}: {got}");
        }

        listener.Pending().ShouldBeFalse("nothing knocked");
    }

    [Fact]
    public async Task A_name_is_judged_anew_by_what_it_leads_to_at_each_connection()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"https://rebinds.example.com:{((IPEndPoint)listener.LocalEndpoint).Port}/x";
        using var stopped = new CancellationTokenSource();
        var times = 0;
        using var http = new SafeHttp(resolve: (_, _) =>
        {
            if (Interlocked.Increment(ref times) > 1)
            {
                return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
            }

            // Of the internet, and given up before anybody is called.
            stopped.Cancel();
            return Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8")]);
        });
        await Should.ThrowAsync<OperationCanceledException>(() => http.Post(url, [], new Dictionary<string, string>(), stopped.Token));
        times.ShouldBe(1, "what was looked at is what is connected to");
        Said((await http.Post(url, [], new Dictionary<string, string>(), CancellationToken.None)).ShouldBeOfType<SafePost.Failed>().Reason).ShouldBeTrue();
        times.ShouldBe(2);

        using var both = new SafeHttp(resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8"), IPAddress.Loopback]));
        Said((await both.Post(url, [], new Dictionary<string, string>(), CancellationToken.None)).ShouldBeOfType<SafePost.Failed>().Reason).ShouldBeTrue("one that leads to both is a trick");
        listener.Pending().ShouldBeFalse("nothing knocked");
    }

    /// <summary>It was refused for where it leads, not because nobody was there.</summary>
    private static bool Said(string reason) => reason.Contains("private network", StringComparison.Ordinal) || reason.Contains("begins with https://", StringComparison.Ordinal);

    /// <summary>As browsers, C libraries and IPv6 carry an IPv4 address.</summary>
    private static IEnumerable<string> Writings(string dotted)
    {
        var b = IPAddress.Parse(dotted).GetAddressBytes();
        var number = ((uint)b[0] << 24) | ((uint)b[1] << 16) | ((uint)b[2] << 8) | b[3];
        var (high, low) = (number >> 16, number & 0xFFFF);
        yield return dotted;
        yield return dotted + ".";
        yield return $"{number}";
        yield return $"0x{number:x8}";
        yield return $"0{Convert.ToString(number, 8)}";
        yield return string.Join('.', b.Select(part => $"0x{part:x}"));
        yield return string.Join('.', b.Select(part => "0" + Convert.ToString(part, 8)));
        yield return $"{b[0]}.{number & 0xFF_FFFF}";
        yield return $"{b[0]}.{b[1]}.{low}";
        yield return string.Concat(dotted.Select(c => char.IsAsciiDigit(c) ? (char)('０' + c - '0') : c));
        yield return dotted.Replace('.', '。');
        yield return $"[::ffff:{dotted}]";
        yield return $"[::ffff:{high:x}:{low:x}]";
        yield return $"[::{dotted}]";
        yield return $"[64:ff9b::{high:x}:{low:x}]";
        yield return $"[2002:{high:x}:{low:x}::1]";
    }
}
