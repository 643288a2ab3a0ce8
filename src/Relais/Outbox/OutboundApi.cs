using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Outbox;

/// <summary>Whether messages leave this installation.</summary>
/// <param name="Held">True after a restore, until somebody releases them.</param>
/// <param name="Since">Since when.</param>
/// <param name="BackupAt">Of when the restored backup is.</param>
/// <param name="Waiting">Messages that wait to leave; null for those who may not release them.</param>
internal sealed record OutboundJson(bool Held, DateTimeOffset? Since, DateTimeOffset? BackupAt, long? Waiting);

/// <param name="Waiting">send, or cancel: what becomes of messages that were waiting in the backup.</param>
internal sealed record ReleaseRequest(string? Waiting);

/// <summary>After a restore: whether messages are held, and letting them go.</summary>
internal static class OutboundApi
{
    public static void MapOutbound(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/outbound").WithTags("Outbound");
        group.MapGet("", Read).RequireAuthorization(Policies.Anyone).WithName("read_outbound").WithSummary("Whether messages are held after a restore").Produces<OutboundJson>();
        group.MapPost("/release", Release).RequireAuthorization(Policies.Anyone).WithName("release_outbound").WithSummary("After a restore, let messages leave")
            .WithDescription("By who looks after the installation, or by the owner where there is one business only. `waiting` is `send` or `cancel`: what waited in the backup may have gone out after it was made.")
            .Produces<OutboundJson>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> Read(SignedIn who, Database database, OutboundHold hold, CancellationToken cancel) =>
        Results.Json(await Json(who, database, hold, cancel), ApiJson.Options);

    private static async Task<IResult> Release(SignedIn who, ReleaseRequest request, Database database, OutboundHold hold, CancellationToken cancel)
    {
        if (!await MayRelease(who, database, cancel))
        {
            return Problems.Refuse(Problems.Forbidden);
        }

        HeldMessages? waiting = request.Waiting switch { "send" => HeldMessages.Send, "cancel" => HeldMessages.Cancel, _ => null };
        if (waiting is null)
        {
            return Problems.Invalid400("waiting", "Say what becomes of messages that waited in the backup: send or cancel.");
        }

        await hold.Release(waiting.Value, who.Email, CancellationToken.None);
        return Results.Json(await Json(who, database, hold, CancellationToken.None), ApiJson.Options);
    }

    /// <summary>Messages of all businesses leave together, so a business that is not alone does not decide it.</summary>
    private static async Task<bool> MayRelease(SignedIn who, Database database, CancellationToken cancel) => who.IsPlatform
        || (who.Role == Roles.Owner && !who.IsApiKey && await database.Read(Scope.Directory, tx => tx.QueryFirst<long>("SELECT count(*) FROM tenant"), cancel) == 1);

    private static async Task<OutboundJson> Json(SignedIn who, Database database, OutboundHold hold, CancellationToken cancel)
    {
        if (!hold.IsHeld)
        {
            return new OutboundJson(false, null, null, null);
        }

        var may = await MayRelease(who, database, cancel);
        var (row, waiting) = await database.Read(Scope.Directory, async tx => (await OutboundHold.Read(tx), may ? await OutboundHold.Waiting(tx) : (long?)null), cancel);
        return new OutboundJson(row!.State == HoldRow.Held, Instants.FromMicros(row.Since), Instants.FromMicros(row.BackupAt), waiting);
    }
}
