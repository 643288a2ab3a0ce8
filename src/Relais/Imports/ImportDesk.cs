using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Imports;

/// <summary>What people do with a file. Each of these wakes the worker in the transaction that changes its state.</summary>
internal sealed class ImportDesk(Database database, Idempotency idempotency, WorkQueue queue, ImportUpload upload, ImportKinds kinds, Clock clock)
{
    private const int LongestProof = 500;

    public async Task<IResult> Bring(HttpContext http, SignedIn who, string? asked)
    {
        var cancel = http.RequestAborted;
        if (asked is { Length: > 0 } && kinds.Find(asked) is null)
        {
            return NoKind();
        }

        await database.Write(Scope.Tenant(who.Tenant), tx => ImportApi.Clear(tx, who.Tenant, clock.Micros), cancel);
        var file = await upload.Receive(http.Request, who, cancel);
        if (file.Refused is { } refused)
        {
            return refused;
        }

        if (kinds.Find(asked is { Length: > 0 } ? asked : file.Kind) is not { } kind)
        {
            return NoKind();
        }

        var shown = await database.Write(Scope.Tenant(who.Tenant), async tx =>
        {
            var tenant = await TenantStore.Find(tx, who.Tenant);
            var columns = Proposals.Columns(file.Header, await kind.Targets(tx, who.Tenant));
            await ImportStore.Received(tx, who.Tenant, file.ImportId, kind.Name, new ImportMapping(columns, tenant?.Country ?? Proposals.CountryOf(tenant?.TimeZone ?? "")), file.Rows, file.Chunks, clock.Micros);
            return await ImportApi.Show(tx, who.Tenant, file.ImportId, kinds);
        }, cancel);
        return Results.Json(shown, ApiJson.Options, statusCode: 201);
    }

    public async Task<IResult> Map(HttpContext http, SignedIn who, long id)
    {
        var import = await database.Read(Scope.Tenant(who.Tenant), tx => ImportStore.Find(tx, who.Tenant, id), http.RequestAborted);
        if (import is null || kinds.Find(import.Kind) is not { } kind)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, asked) = await ApiBody.Read<ImportMappingRequest>(http.Request);
        var (mapping, wrong) = await database.Read(Scope.Tenant(who.Tenant), tx => Read(tx, import, kind, asked), http.RequestAborted);
        if (mapping is null)
        {
            return Problems.Invalid400(wrong.Field, wrong.Sentence);
        }

        return await Move(http, who, id, $"PUT /api/imports/{id}/mapping", bytes, tx => ImportStore.Check(tx, who.Tenant, id, mapping, clock.Micros));
    }

    public async Task<IResult> Run(HttpContext http, SignedIn who, long id) => await IsThere(who, id, http.RequestAborted)
        ? await Move(http, who, id, $"POST /api/imports/{id}/run", [], tx => ImportStore.Run(tx, who.Tenant, id, clock.Micros)) : Problems.Refuse(Problems.NotFound);

    public async Task<IResult> Undo(HttpContext http, SignedIn who, long id) => await IsThere(who, id, http.RequestAborted)
        ? await Move(http, who, id, $"POST /api/imports/{id}/undo", [], tx => ImportStore.Undo(tx, who.Tenant, id, clock.Micros)) : Problems.Refuse(Problems.NotFound);

    public async Task<IResult> Delete(HttpContext http, SignedIn who, long id) => !await IsThere(who, id, http.RequestAborted)
        ? Problems.Refuse(Problems.NotFound)
        : await idempotency.Once(http, who, $"DELETE /api/imports/{id}", [], async tx => await ImportStore.Delete(tx, who.Tenant, id)
            ? (StatusCodes.Status204NoContent, (object?)null) : (409, Problems.ImportBusy));

    private Task<bool> IsThere(SignedIn who, long id, CancellationToken cancel) =>
        database.Read(Scope.Tenant(who.Tenant), async tx => await ImportStore.Find(tx, who.Tenant, id) is { State: not ImportState.Receiving }, cancel);

    private Task<IResult> Move(HttpContext http, SignedIn who, long id, string route, byte[] bytes, Func<Tx, Task<bool>> move) =>
        idempotency.Once(http, who, route, bytes, async tx =>
        {
            if (!await move(tx))
            {
                return (409, (object?)Problems.ImportBusy);
            }

            await queue.Wake(tx, [new LaneWake(LaneKind.Import, id, who.Tenant)]);
            return (200, await ImportApi.Show(tx, who.Tenant, id, kinds));
        });

    private static async Task<(ImportMapping? Mapping, (string Field, string Sentence) Wrong)> Read(Tx tx, Import import, IImportKind kind, ImportMappingRequest asked)
    {
        var targets = (await kind.Targets(tx, import.TenantId)).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var columns = asked.Columns;
        (string, string)? wrong =
            columns is null || columns.Count != import.Columns.Count ? ("columns", $"columns has one entry for each of the {import.Columns.Count} columns of the file, null for those left out.")
            : columns.FirstOrDefault(c => c is not null && !targets.Contains(c)) is { } unknown ? ("columns", $"{unknown} is none of the targets of this import.")
            : columns.Where(c => c is not null).GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice ? ("columns", $"Two columns are mapped to {twice.Key}.")
            : asked.Country is { } country && !NationalNumbers.IsKnown(country) ? ("country", "country is two capitals of ISO 3166, such as MA, of a country whose numbers are known here.")
            : asked.Existing is not (null or "update" or "skip") ? ("existing", "existing is update or skip.")
            : asked.Proof is { } proof && CustomerText.Normalise(proof).Trim().Length is 0 or > LongestProof ? ("proof", $"proof has 1 to {LongestProof} characters.")
            : null;
        var mapping = new ImportMapping(columns ?? [], asked.Country, asked.Existing ?? "update", asked.Labels, asked.Proof is { } told ? CustomerText.Normalise(told).Trim() : null, asked.Currency);
        wrong ??= await kind.Wrong(tx, import.TenantId, mapping);
        return wrong is { } found ? (null, found) : (mapping, default);
    }

    private IResult NoKind() => Problems.Invalid400("kind", $"kind is one of {string.Join(", ", kinds.Names)}.");
}
