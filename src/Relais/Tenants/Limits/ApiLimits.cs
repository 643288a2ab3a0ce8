using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Relais.Foundation;

namespace Relais.Tenants.Limits;

/// <summary>Which bucket a request is taken from: one for each kind of request and each caller.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="SessionId">The session or API key; 0 where nobody is signed in.</param>
/// <param name="Address">Where from, where nobody is signed in; otherwise empty.</param>
internal readonly record struct Bucket(LimitKind Kind, long SessionId, string Address);

/// <summary>Kinds of requests with a limit of their own, beside the one for all.</summary>
internal enum LimitKind
{
    /// <summary>Every request counts here.</summary>
    Any,
    SignIn,
    Search,
    Export,
    Upload,
    Send,
}

/// <summary>How a bucket stands.</summary>
/// <param name="IsTaken">False: the request is refused.</param>
/// <param name="Limit">What it holds when it is full.</param>
/// <param name="Remaining">What is left in it.</param>
/// <param name="Seconds">Until it is full again, or, when the request is refused, until it may be made again.</param>
internal readonly record struct Taken(bool IsTaken, long Limit, long Remaining, long Seconds);

/// <summary>
/// Token buckets in memory: each holds what is allowed in a minute and fills evenly. Each node counts for itself. Webhooks, health and
/// metrics are in no bucket.
/// </summary>
internal sealed class ApiLimits : IDisposable
{
    private readonly int perMinute;
    private readonly PartitionedRateLimiter<Bucket> buckets;

    /// <param name="settings">Requests a minute of a session or key; 0: no limits at all.</param>
    public ApiLimits(Settings settings)
    {
        perMinute = settings.RateLimit;
        buckets = PartitionedRateLimiter.Create<Bucket, Bucket>(bucket => RateLimitPartition.GetTokenBucketLimiter(bucket, Options));
    }

    public bool IsOn => perMinute > 0;

    /// <summary>A minute's worth of a kind; at least one.</summary>
    public int Most(LimitKind kind) => Math.Max(1, kind switch
    {
        LimitKind.SignIn => perMinute / 50,
        LimitKind.Search => perMinute / 10,
        LimitKind.Export => perMinute / 100,
        LimitKind.Upload => perMinute / 20,
        LimitKind.Send => perMinute / 5,
        _ => perMinute,
    });

    public Taken Take(Bucket bucket)
    {
        using var lease = buckets.AttemptAcquire(bucket);
        var most = Most(bucket.Kind);
        var left = lease.IsAcquired ? buckets.GetStatistics(bucket)?.CurrentAvailablePermits ?? 0 : 0;
        var seconds = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
            ? Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds))
            : (long)Math.Ceiling((most - left) * 60.0 / most);
        return new Taken(lease.IsAcquired, most, left, seconds);
    }

    public void Dispose() => buckets.Dispose();

    /// <summary>The buckets of a request, the narrowest last; none for what has no limit.</summary>
    public static IReadOnlyList<Bucket> Of(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint endpoint || endpoint.RoutePattern.RawText is not { } raw)
        {
            return [];
        }

        var pattern = "/" + raw.TrimStart('/');
        var isOpen = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        if (isOpen)
        {
            return IsSigningIn(pattern) ? [new Bucket(LimitKind.SignIn, 0, address)] : [];
        }

        if (http.SignedInOrNull() is not { } who)
        {
            return [new Bucket(LimitKind.Any, 0, address)];
        }

        var all = new Bucket(LimitKind.Any, who.SessionId, "");
        return KindOf(http.Request.Method, pattern) is var kind and not LimitKind.Any ? [all, all with { Kind = kind }] : [all];
    }

    internal static LimitKind KindOf(string method, string pattern) => (method, pattern) switch
    {
        ("GET", "/api/search") => LimitKind.Search,
        ("GET", _) when pattern.EndsWith("/export", StringComparison.Ordinal) || pattern.EndsWith(".csv", StringComparison.Ordinal) => LimitKind.Export,
        ("POST", "/api/media" or "/api/imports" or "/api/knowledge/documents") => LimitKind.Upload,
        ("POST", "/api/messages" or "/api/twilio/send-message") => LimitKind.Send,
        ("POST", _) when pattern.EndsWith("/send", StringComparison.Ordinal) || pattern.EndsWith("/scheduled", StringComparison.Ordinal) => LimitKind.Send,
        _ => LimitKind.Any,
    };

    private static bool IsSigningIn(string pattern) =>
        pattern is "/api/setup" || pattern.StartsWith("/api/auth/", StringComparison.Ordinal) || pattern.StartsWith("/api/invitations/", StringComparison.Ordinal);

    private TokenBucketRateLimiterOptions Options(Bucket bucket)
    {
        var most = Most(bucket.Kind);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = most,
            TokensPerPeriod = Math.Max(1, most / 60),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / most)),
            QueueLimit = 0,
        };
    }
}
