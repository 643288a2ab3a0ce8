using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Audit;

namespace Relais.Tenants;

/// <summary>An answer that holds a key, a link or a secret: whoever repeats the request, and the audit, get it without.</summary>
/// <param name="Kept">What is kept.</param>
/// <param name="Told">What is answered, this once.</param>
internal sealed record ToldOnce(object Kept, object Told);

/// <summary>
/// Carries out a write once for each Idempotency-Key. In: an effect on a transaction. The key's row goes in first, in the same
/// transaction, so effect and answer are kept together or not at all; a second call waits for the first on the unique key and
/// then gets its answer. A refused or failed try leaves nothing behind and may be made again. The audit's line of it (ADR 0057) is
/// written in that transaction too, so neither is there without the other.
/// </summary>
internal sealed class Idempotency(Database database, Ids ids, Clock clock)
{
    private const string Header = "Idempotency-Key";
    private const int MaxKeyLength = 255;
    private const long KeptFor = Instants.Day;

    /// <summary>What one write sweeps of a tenant's old keys: more than it adds, so they do not pile up.</summary>
    private const int Sweep = 20;

    /// <summary>The platform's own writes belong to no tenant.</summary>
    private const long NoTenant = 0;

    /// <param name="http">The request, whose header names the key; without one the effect is simply carried out.</param>
    /// <param name="who">Keys of different people never meet.</param>
    /// <param name="route">Verb and path with its ids.</param>
    /// <param name="body">What the key is bound to; leave out passwords, a fast hash of it is kept for a day.</param>
    /// <param name="effect">
    /// Awaits nothing but its transaction. Answers a status below 400 with what to write as JSON (null: nothing), or 400 and
    /// above with a <see cref="Problem"/> or <see cref="IResult"/>, which undoes it. It may be run again. What holds a key, a link or a
    /// secret is a <see cref="ToldOnce"/>: answers are kept readable.
    /// </param>
    public Task<IResult> Once(
        HttpContext http, SignedIn who, string route, byte[] body, Func<Tx, Task<(int Status, object? Answer)>> effect) =>
        Once(http, who, Scope.Tenant(who.Tenant), new Claim(who.Tenant, who.AgentId, route), body, effect);

    /// <summary>For what a tenant's admin does to people, who are kept outside the tenants: the effect names the tenant in every statement.</summary>
    public Task<IResult> OnceInDirectory(
        HttpContext http, SignedIn who, string route, byte[] body, Func<Tx, Task<(int Status, object? Answer)>> effect) =>
        Once(http, who, Scope.Directory, new Claim(who.Tenant, who.AgentId, route), body, effect);

    /// <summary>For the platform administrator, across tenants.</summary>
    public Task<IResult> OnceForPlatform(
        HttpContext http, SignedIn who, string route, byte[] body, Func<Tx, Task<(int Status, object? Answer)>> effect) =>
        Once(http, who, Scope.Directory, new Claim(NoTenant, who.AgentId, route), body, effect);

    private async Task<IResult> Once(
        HttpContext http, SignedIn who, Scope scope, Claim place, byte[] body, Func<Tx, Task<(int Status, object? Answer)>> effect)
    {
        var header = http.Request.Headers[Header];
        if (header.Count > 1 || (header.Count == 1 && !IsUsable(header[0])))
        {
            return Problems.Invalid400(Header, $"{Header} is one value of 1 to {MaxKeyLength} visible ASCII characters.");
        }

        var claim = header.Count == 0 ? null : place with
        {
            Key = header[0]!,
            BodyHash = Convert.ToHexStringLower(SHA256.HashData(body)),
            Now = clock.Micros,
        };
        var line = await Line(http, who, place, body);
        try
        {
            var kept = await database.Write(
                scope, tx => claim is null ? CarryOut(tx, effect, line) : CarryOutOnce(tx, claim, effect, line), http.RequestAborted);
            http.Audit()?.IsWritten = true;
            if (claim is not null && kept.BodyHash != claim.BodyHash)
            {
                return Problems.Refuse(Problems.KeyReused);
            }

            if (kept.IsReplay)
            {
                http.Response.Headers["Idempotency-Replayed"] = "true";
            }

            return kept.Told is { } told ? Results.Json(told, ApiJson.Options, statusCode: (int)kept.Status)
                : kept.Answer.Length == 0
                ? Results.StatusCode((int)kept.Status)
                : Results.Text(kept.Answer, "application/json", Encoding.UTF8, (int)kept.Status);
        }
        catch (RefusedException refused)
        {
            return refused.Answer;
        }
        catch (DbException e) when (e.SqlState == "55P03")
        {
            http.Response.Headers.RetryAfter = "1";
            return Problems.Refuse(Problems.KeyInProgress);
        }
    }

    /// <summary>The audit's line of it, made from the answer; null where none is written.</summary>
    private async Task<Func<string, AuditEntry>?> Line(HttpContext http, SignedIn who, Claim place, byte[] body)
    {
        if (http.Audit() is not { } note)
        {
            return null;
        }

        var (id, now) = (await ids.One(http.RequestAborted), clock.Micros);
        return answer => note.Entry(who, id, now, AuditEntry.Done, body, answer, byPlatform: place.TenantId == NoTenant);
    }

    private static async Task<Kept> CarryOut(Tx tx, Func<Tx, Task<(int Status, object? Answer)>> effect, Func<string, AuditEntry>? line)
    {
        var (status, answer) = await effect(tx);
        if (status >= StatusCodes.Status400BadRequest)
        {
            throw new RefusedException(answer switch
            {
                IResult result => result,
                Problem problem => Problems.Refuse(problem),
                _ => Results.StatusCode(status),
            });
        }

        var once = answer as ToldOnce;
        var written = once is null ? answer : once.Kept;
        var text = written is null ? "" : JsonSerializer.Serialize(written, ApiJson.Options);
        if (line is not null)
        {
            await AuditStore.Insert(tx, line(text));
        }

        return new Kept { Status = status, Answer = text, Told = once?.Told };
    }

    private static async Task<Kept> CarryOutOnce(
        Tx tx, Claim claim, Func<Tx, Task<(int Status, object? Answer)>> effect, Func<string, AuditEntry>? line)
    {
        if (!await IdempotencyStore.Take(tx, claim, claim.Now - KeptFor))
        {
            var earlier = await IdempotencyStore.Find(tx, claim);
            return earlier with { IsReplay = true };
        }

        var kept = (await CarryOut(tx, effect, line)) with { BodyHash = claim.BodyHash };
        await IdempotencyStore.Keep(tx, claim, kept);
        await IdempotencyStore.SweepOld(tx, claim.TenantId, claim.Now - KeptFor, Sweep);
        return kept;
    }

    private static bool IsUsable(string? key) => key is { Length: > 0 and <= MaxKeyLength } && key.All(c => c is > ' ' and <= '~');

    /// <summary>A place in the table: whose, where, which.</summary>
    internal sealed record Claim(long TenantId, long AgentId, string Route)
    {
        public string Key { get; init; } = "";

        public string BodyHash { get; init; } = "";

        public long Now { get; init; }
    }

    /// <summary>An answer as kept.</summary>
    internal sealed record Kept
    {
        public long Status { get; init; }

        public string Answer { get; init; } = "";

        public string? BodyHash { get; init; }

        public bool IsReplay { get; init; }

        /// <summary>What is told in its place, this time only; null: the same.</summary>
        public object? Told { get; init; }
    }

    /// <summary>Undoes the transaction and carries the refusal past it.</summary>
    private sealed class RefusedException(IResult answer) : Exception
    {
        public IResult Answer { get; } = answer;
    }
}
