using System.Collections.Concurrent;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants.Audit;

/// <summary>
/// Opens the note of a request, and writes its line before the answer leaves where no line was written with the effect: what
/// writes without <see cref="Idempotency"/>, reads worth a line, and what was refused for want of a right.
/// </summary>
internal sealed class AuditEdge(RequestDelegate next, Database database, Ids ids, Clock clock, ILogger<AuditEdge> log)
{
    private readonly ConcurrentDictionary<(Endpoint, string), AuditPlan> plans = [];

    public Task Invoke(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint
            || plans.GetOrAdd((endpoint, http.Request.Method), key => AuditPlan.Of(key.Item1, key.Item2)).Action is not { } action)
        {
            return next(http);
        }

        var note = new AuditNote(action, http.Connection.RemoteIpAddress?.ToString() ?? "", Thing(http));
        http.Features.Set(note);
        http.Response.OnStarting(() => Close(http, note));
        return next(http);
    }

    /// <summary>The first number among the path's values.</summary>
    private static long? Thing(HttpContext http)
    {
        foreach (var (_, value) in http.Request.RouteValues)
        {
            if (value is string text && long.TryParse(text, out var id) && id > 0)
            {
                return id;
            }
        }

        return null;
    }

    private async Task Close(HttpContext http, AuditNote note)
    {
        var who = http.SignedInOrNull();
        var status = http.Response.StatusCode;
        var outcome = note.IsRefused || status == StatusCodes.Status403Forbidden ? AuditEntry.Refused : AuditEntry.Done;
        if (note.IsWritten || (who is null && !note.HasActor) || (outcome == AuditEntry.Done && status >= StatusCodes.Status400BadRequest))
        {
            return;
        }

        note.IsWritten = true;
        try
        {
            var entry = note.Entry(who, await ids.One(CancellationToken.None), clock.Micros, outcome, default);
            await database.Write(Scope.Directory, tx => AuditStore.Insert(tx, entry), CancellationToken.None);
        }
#pragma warning disable CA1031 // The effect stands already: its answer is not withheld because its line could not be written. The log has it.
        catch (Exception e)
        {
            log.LogError(e, "area=audit {Method} {Path} was carried out and its audit line could not be written", http.Request.Method, http.Request.Path);
        }
#pragma warning restore CA1031
    }
}
