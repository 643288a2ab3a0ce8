using System.Collections.Concurrent;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants;

/// <summary>
/// In: an opaque token. Out: whom it speaks for. What was looked up is kept for half a minute, so a busy desk does not ask
/// the database at every request, and a revocation made on another node holds everywhere soon after.
/// </summary>
internal sealed class Sessions(Database database, Ids ids, Clock clock)
{
    /// <summary>Logout and disabling must hold on every node, live feeds included, within a minute; this is half of it.</summary>
    private const long KeptFor = 30 * Instants.Second;

    private const int MaxKept = 10_000;

    /// <summary>How exact "last used" is: one write a minute and session, at most.</summary>
    private const long UseInterval = Instants.Minute;

    /// <summary>Ours have 46 characters; a longer one is not worth hashing.</summary>
    private const int MaxTokenLength = 200;

    private const int MaxUserAgent = 400;

    private const string Prefix = "rs_";

    private readonly ConcurrentDictionary<string, (SignedIn Who, long Until)> kept = new(StringComparer.Ordinal);

    /// <summary>Raised by each drop: a look-up that began before one must not bring back what it dropped.</summary>
    private long drops;

    /// <summary>A new session, always under a new token; the token is known to the caller alone from here on.</summary>
    public async Task<string> Open(long agentId, long? tenantId, string? address, string? userAgent, CancellationToken cancel)
    {
        var token = Secrets.NewToken(Prefix);
        var session = new NewSession(
            await ids.One(cancel), Secrets.HashToken(token), agentId, tenantId, SessionStore.Session, "", clock.Micros,
            clock.Micros + SessionStore.AbsoluteLimit)
        {
            Address = address,
            UserAgent = userAgent is null ? null : CustomerText.Normalise(userAgent.Length > MaxUserAgent ? userAgent[..MaxUserAgent] : userAgent),
        };
        await database.Write(Scope.Directory, tx => SessionStore.Insert(tx, session), cancel);
        return token;
    }

    /// <summary>The same session under a new token: what somebody may have overheard is worth nothing after a change of what guards the account.</summary>
    public async Task<string> Rotate(SignedIn who, CancellationToken cancel)
    {
        var token = Secrets.NewToken(Prefix);
        await database.Write(Scope.Directory, tx => SessionStore.Rename(tx, who.SessionId, Secrets.HashToken(token)), cancel);
        Forget(who.AgentId);
        return token;
    }

    /// <summary>Null for a token that does not let anybody in, whatever the reason.</summary>
    public async Task<SignedIn?> Find(string token, CancellationToken cancel)
    {
        if (token.Length is 0 or > MaxTokenLength)
        {
            return null;
        }

        var hash = Secrets.HashToken(token);
        var now = clock.Micros;
        if (kept.TryGetValue(hash, out var known) && known.Until > now)
        {
            return known.Who;
        }

        var before = Interlocked.Read(ref drops);
        if (await database.Read(Scope.Directory, tx => SessionStore.FindByToken(tx, hash, now), cancel) is not { } row)
        {
            kept.TryRemove(hash, out _);
            return null;
        }

        await NoteUse(row, now, cancel);
        var who = SignedIn.From(row);
        if (!who.MustSetUpTotp)
        {
            // Whoever has to set something up is let in the moment they have, on every node.
            Keep(hash, who, Math.Min(now + KeptFor, row.ExpiresAt ?? long.MaxValue), before);
        }

        return who;
    }

    /// <summary>For live feeds, which outlast a request: ask again at least once a minute. Other rights end them too.</summary>
    public async Task<bool> IsLive(SignedIn who, CancellationToken cancel) =>
        await database.Read(Scope.Directory, tx => SessionStore.FindLive(tx, who.SessionId, clock.Micros), cancel) is { } row
        && SignedIn.From(row) is var now && !now.MustSetUpTotp && (now.Rights, now.Sees) == (who.Rights, who.Sees);

    /// <summary>Logout.</summary>
    public async Task End(SignedIn who, CancellationToken cancel)
    {
        await database.Write(Scope.Directory, tx => SessionStore.Revoke(tx, who.SessionId, clock.Micros), cancel);
        Drop(kept => kept.SessionId == who.SessionId);
    }

    /// <summary>Shuts somebody out: every session and key of theirs ends.</summary>
    public async Task Disable(long agentId, CancellationToken cancel)
    {
        await database.Write(Scope.Directory, tx => AgentStore.Disable(tx, agentId, clock.Micros), cancel);
        Drop(kept => kept.AgentId == agentId);
    }

    /// <summary>An API key was revoked: it opens nothing here from now on, on other nodes soon.</summary>
    public void ForgetKey(long keyId) => Drop(kept => kept.SessionId == keyId);

    /// <summary>When the API key that this token was ended; null for whatever else it is. For the sentence of a refusal.</summary>
    public async Task<long?> ExpiredAt(string token, CancellationToken cancel) =>
        token.Length > MaxTokenLength || !token.StartsWith(Rights.ApiKeyStore.TokenPrefix, StringComparison.Ordinal) ? null
            : await database.Read(Scope.Directory, tx => Rights.ApiKeyStore.ExpiredAt(tx, Secrets.HashToken(token), clock.Micros), cancel);

    /// <summary>A role or a session of theirs has changed: what is kept of them is looked up again here at once, on other nodes soon.</summary>
    public void Forget(long agentId) => Drop(kept => kept.AgentId == agentId);

    /// <summary>The tenant was suspended or let in again: its people are looked up again here at once, on other nodes within half a minute.</summary>
    public void ForgetTenant(long tenantId) => Drop(kept => kept.TenantId == tenantId);

    private void Drop(Predicate<SignedIn> which)
    {
        Interlocked.Increment(ref drops);
        foreach (var (hash, entry) in kept)
        {
            if (which(entry.Who))
            {
                kept.TryRemove(hash, out _);
            }
        }
    }

    private void Keep(string hash, SignedIn who, long until, long before)
    {
        if (kept.Count >= MaxKept)
        {
            kept.Clear();
        }

        kept[hash] = (who, until);
        if (Interlocked.Read(ref drops) != before)
        {
            kept.TryRemove(hash, out _);
        }
    }

    private async Task NoteUse(SessionRow row, long now, CancellationToken cancel)
    {
        if (now - row.LastUsedAt < UseInterval)
        {
            return;
        }

        try
        {
            await database.Write(Scope.Directory, tx => SessionStore.Touch(tx, row.Id, now), cancel);
        }
        catch (StorageUnavailableException)
        {
            // Reading still works, so the desk stays readable; the next look-up notes the use.
        }
    }
}
