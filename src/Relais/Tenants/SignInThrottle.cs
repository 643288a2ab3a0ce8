using System.Net;
using System.Net.Sockets;
using Relais.Foundation;

namespace Relais.Tenants;

/// <summary>
/// Slows guessing down: 5 failures in 15 minutes for an account from an address, 50 an hour from an address, whichever
/// account. Never an account alone, so nobody can lock somebody else out: the right password from another address works.
/// A try counts from its start and is taken back when it succeeds, so a hundred at once do not slip through together.
/// In memory and bounded; each node counts for itself.
/// </summary>
internal sealed class SignInThrottle(Clock clock)
{
    public const int FailuresPerAccount = 5;
    public const int FailuresPerAddress = 50;
    private const long AccountWindow = 15 * Instants.Minute;
    private const long AddressWindow = Instants.Hour;

    /// <summary>Some 10 MB at worst; beyond it the longest quiet ones are forgotten.</summary>
    private const int MaxEntries = 20_000;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Account, string Address), Queue<long>> accounts = [];
    private readonly Dictionary<(string Account, string Address), Queue<long>> addresses = [];

    /// <summary>How many accounts and addresses it holds now.</summary>
    public int Remembered
    {
        get
        {
            lock (gate)
            {
                return accounts.Count + addresses.Count;
            }
        }
    }

    /// <summary>Null when a try may be made; otherwise how long to wait.</summary>
    public TimeSpan? Begin(string account, IPAddress? from)
    {
        var address = Address(from);
        var now = clock.Micros;
        lock (gate)
        {
            var byAccount = Recent(accounts, (account, address), now - AccountWindow);
            var byAddress = Recent(addresses, ("", address), now - AddressWindow);
            var wait = Math.Max(
                byAccount.Count < FailuresPerAccount ? 0 : byAccount.Peek() + AccountWindow - now,
                byAddress.Count < FailuresPerAddress ? 0 : byAddress.Peek() + AddressWindow - now);
            if (wait > 0)
            {
                return TimeSpan.FromMicroseconds(wait);
            }

            byAccount.Enqueue(now);
            byAddress.Enqueue(now);
            return null;
        }
    }

    /// <summary>The try succeeded: the account is clean from here, the address gets this one try back.</summary>
    public void Succeeded(string account, IPAddress? from)
    {
        var address = Address(from);
        lock (gate)
        {
            accounts.Remove((account, address));
            if (addresses.TryGetValue(("", address), out var tries))
            {
                tries.TryDequeue(out _);
            }
        }
    }

    private static Queue<long> Recent(Dictionary<(string, string), Queue<long>> all, (string, string) key, long since)
    {
        if (!all.TryGetValue(key, out var tries))
        {
            if (all.Count >= MaxEntries)
            {
                Forget(all);
            }

            all.Add(key, tries = new Queue<long>());
        }

        while (tries.TryPeek(out var oldest) && oldest <= since)
        {
            tries.Dequeue();
        }

        return tries;
    }

    /// <summary>A tenth at a time, so that its cost is spread over many tries.</summary>
    private static void Forget(Dictionary<(string, string), Queue<long>> all)
    {
        var quietest = all.OrderBy(entry => entry.Value.Count == 0 ? 0 : entry.Value.Peek()).Take(MaxEntries / 10).Select(entry => entry.Key).ToList();
        quietest.ForEach(key => all.Remove(key));
    }

    /// <summary>IPv6 hands out /64 networks to one customer, so the network is the address.</summary>
    private static string Address(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
