using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Relais.Foundation;
using Relais.Foundation.Csv;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Campaigns.Audience;

/// <param name="Rows">Rows of the file without its header.</param>
/// <param name="Columns">Its header.</param>
/// <param name="PhoneColumn">The column the numbers were taken from.</param>
/// <param name="Campaign">As it stands now.</param>
internal sealed record AudienceAnswer(long Rows, IReadOnlyList<string> Columns, string PhoneColumn, CampaignJson Campaign);

/// <summary>
/// PUT /api/campaigns/{id}/audience: a CSV of phone numbers and columns, stored row by row while it comes in. It counts once all of it is
/// there; what broke off is swept by the next check.
/// </summary>
internal static class AudienceApi
{
    private const long Largest = 64 * 1024 * 1024;
    private const int AtOnce = 500;

    /// <summary>How people call the column, folded; the first that fits.</summary>
    private static readonly string[] PhoneWords =
    [
        "phone", "phone number", "telephone", "tel", "mobile", "whatsapp", "numero", "numero de telephone", "portable", "gsm", "number", "msisdn", "wa id",
        "الهاتف", "رقم الهاتف", "هاتف", "الجوال", "رقم",
    ];

    public static void MapAudience(this IEndpointRouteBuilder app) => app.MapPut("/api/campaigns/{id:long}/audience", Put).WithTags("Campaigns")
        .RequireAuthorization(Policies.Admin).WithName("put_campaign_audience")
        .WithSummary("Bring the audience as a CSV file (text/csv, or multipart/form-data with the field file; 64 MB, 200,000 rows)")
        .WithDescription("The first row is the header. phone_column names the column of the numbers where its header does not say so.")
        .WithMetadata(new RequestSizeLimitAttribute(Largest))
        .Produces<AudienceAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413);

    private static async Task<IResult> Put(
        HttpContext http, SignedIn who, Database database, Ids ids, Clock clock, long id, [FromQuery(Name = "phone_column")] string? phoneColumn)
    {
        var cancel = http.RequestAborted;
        if (await database.Read(Scope.Tenant(who.Tenant), tx => CampaignStore.Find(tx, who.Tenant, id), cancel) is not { } campaign)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (!CampaignState.IsOpen(campaign.State))
        {
            return Problems.Refuse(Problems.CampaignState);
        }

        if (await FileOf(http.Request, cancel) is not { } file)
        {
            return Problems.Invalid400("file", "Send the file as text/csv, or as multipart/form-data in a field named file.");
        }

        var upload = await ids.One(cancel);
        string[]? columns = null;
        var phone = -1;
        var rows = 0L;
        var page = new List<CampaignRow>(AtOnce);
        await foreach (var read in CsvReading.Read(file, new CsvLimits(), cancel))
        {
            switch (read)
            {
                case CsvRead.Broken broken:
                    return Problems.Invalid400("file", $"Row {broken.Number}: {Sentence(broken.Why)}");
                case CsvRead.Row { Cells: var header } when columns is null:
                    columns = [.. header.Select(h => CustomerText.Normalise(h).Trim())];
                    phone = PhoneOf(columns, phoneColumn);
                    if (phone < 0)
                    {
                        return Problems.Invalid400("phone_column", "No column is named phone. Name the one with the numbers as phone_column.");
                    }

                    break;
                case CsvRead.Row row:
                    rows++;
                    page.Add(new CampaignRow
                    {
                        RowNo = row.Number, Phone = ShortText.Fit(CustomerText.Normalise(phone < row.Cells.Length ? row.Cells[phone] : ""), 100),
                        Columns = Campaign.Write(row.Cells.Select(CustomerText.Normalise).ToList()),
                    });
                    if (page.Count == AtOnce)
                    {
                        await Store(page);
                    }

                    break;
            }
        }

        if (columns is null || rows == 0)
        {
            return Problems.Invalid400("file", "The file has no rows below its header.");
        }

        await Store(page);
        var now = clock.Micros;
        var changed = await database.Write(Scope.Tenant(who.Tenant), async tx =>
        {
            var held = await CampaignStore.Hold(tx, who.Tenant, id, now);
            if (held is null || !CampaignState.IsOpen(held.State))
            {
                return null;
            }

            await CampaignStore.Uploaded(tx, who.Tenant, id, upload, Campaign.Write(columns), now);
            return await CampaignStore.Find(tx, who.Tenant, id);
        }, cancel);
        return changed is null ? Problems.Refuse(Problems.CampaignState)
            : Results.Json(new AudienceAnswer(rows, columns, columns[phone], CampaignJson.Of(changed)), ApiJson.Options);

        async Task Store(List<CampaignRow> batch)
        {
            if (batch.Count > 0)
            {
                await database.Write(Scope.Tenant(who.Tenant), tx => CampaignRowStore.Insert(tx, who.Tenant, id, upload, batch), cancel);
                batch.Clear();
            }
        }
    }

    /// <summary>The column of the numbers; -1 when none is named so.</summary>
    public static int PhoneOf(IReadOnlyList<string> columns, string? named)
    {
        var folded = columns.Select(c => TextFolding.FoldWords(c.Replace('_', ' '))).ToList();
        return !string.IsNullOrWhiteSpace(named) ? folded.IndexOf(TextFolding.FoldWords(named.Replace('_', ' ')))
            : PhoneWords.Select(word => folded.IndexOf(TextFolding.FoldWords(word))).FirstOrDefault(place => place >= 0, -1);
    }

    private static async Task<Stream?> FileOf(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return null;
        }

        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return type.MediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)
                ? request.Body : null;
        }

        if (HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is not { Length: > 0 and <= 200 } boundary)
        {
            return null;
        }

        var reader = new MultipartReader(boundary, request.Body);
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            if (section.GetContentDispositionHeader() is { } header && header.IsFileDisposition())
            {
                return section.Body;
            }
        }

        return null;
    }

    private static string Sentence(CsvFault fault) => fault switch
    {
        CsvFault.NotText => "this is no CSV file. Save the table as CSV first.",
        CsvFault.TooManyRows => "the file has more than 200,000 rows. Make two campaigns of it.",
        CsvFault.TooManyCells => "the row has more than 100 columns.",
        CsvFault.CellTooLong => "a cell is longer than 10,000 characters; perhaps a quotation mark is missing.",
        CsvFault.OpenQuote => "a quotation mark is opened and never closed.",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
