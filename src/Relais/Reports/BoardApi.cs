using Relais.Foundation;
using Relais.Tenants;

namespace Relais.Reports;

/// <summary>How it stands at this moment.</summary>
internal static class BoardApi
{
    public static void MapBoard(this IEndpointRouteBuilder app) => app.MapGet("/api/board", Get)
        .RequireAuthorization(Policies.Agent).WithName("get_board").WithTags("Reports")
        .WithSummary("Who waits, who is there, how the numbers are, what was said last")
        .WithDescription("Desks may ask every few seconds: they share an answer of at most two seconds.").Produces<BoardJson>().ProducesProblem(401);

    private static async Task<IResult> Get(SignedIn who, Board board, CancellationToken cancel) =>
        Results.Json(await board.Of(who.Tenant, cancel), ApiJson.Options);
}
