using Relais.Foundation;

namespace Relais.Tenants.Limits;

/// <summary>
/// Refuses what is too much with 429 and says when to come back; says with every other answer how much is left. Stands after sign-in, so
/// that a key or session has buckets of its own, whatever address it comes from.
/// </summary>
internal sealed class ApiLimitGate(RequestDelegate next, ApiLimits limits)
{
    public Task Invoke(HttpContext http)
    {
        Taken? last = null;
        foreach (var bucket in ApiLimits.Of(http))
        {
            var taken = limits.Take(bucket);
            if (!taken.IsTaken)
            {
                Say(http, taken);
                http.Response.Headers.RetryAfter = taken.Seconds.ToString();
                return Problems.Refuse(Problems.RateLimited).ExecuteAsync(http);
            }

            last = taken;
        }

        if (last is { } narrowest)
        {
            Say(http, narrowest);
        }

        return next(http);
    }

    private static void Say(HttpContext http, Taken taken)
    {
        http.Response.Headers["RateLimit-Limit"] = taken.Limit.ToString();
        http.Response.Headers["RateLimit-Remaining"] = taken.Remaining.ToString();
        http.Response.Headers["RateLimit-Reset"] = taken.Seconds.ToString();
    }
}
