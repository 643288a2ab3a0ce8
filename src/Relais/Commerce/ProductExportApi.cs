using System.Globalization;
using System.Text;
using Relais.Foundation;
using Relais.Foundation.Csv;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Commerce;

/// <summary>GET /api/products/export: the catalogue as a CSV whose columns are those an import takes; importing it again changes nothing.</summary>
internal static class ProductExportApi
{
    private const int Batch = 500;

    public static void MapProductExport(this IEndpointRouteBuilder app) => app.MapGet("/api/products/export", Export).WithTags("Products")
        .RequireAuthorization(Policies.Agent).WithName("export_products").WithSummary("Products as CSV").Produces(200, contentType: "text/csv");

    private static IResult Export(HttpContext http, SignedIn who, Database database) =>
        Results.Stream(into => Write(into, database, who.Tenant, http.RequestAborted), "text/csv; charset=utf-8", "products.csv");

    private static async Task Write(Stream into, Database database, long tenantId, CancellationToken cancel)
    {
        await into.WriteAsync(CsvWriting.Mark, cancel);
        var text = new StringBuilder();
        CsvWriting.Row(text,
        [
            "sku", "title", "title_fr", "title_ar", "title_en", "description", "description_fr", "description_ar", "description_en", "price", "currency", "stock",
            "image_url", "url", "enabled",
        ]);
        for (var after = 0L; ;)
        {
            var page = await database.Read(Scope.Tenant(tenantId), tx => ProductStore.Page(tx, tenantId, after, Batch), cancel);
            foreach (var product in page)
            {
                CsvWriting.Row(text, Cells(product));
            }

            await into.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancel);
            text.Clear();
            if (page.Count < Batch)
            {
                return;
            }

            after = page[^1].Id;
        }
    }

    private static IEnumerable<object?> Cells(Product product)
    {
        var (title, description) = (product.Titles, product.Descriptions);
        return
        [
            product.Sku, title.Any, title.Fr, title.Ar, title.En, description?.Any, description?.Fr, description?.Ar, description?.En,
            product.Price is { } price ? Amount(price) : null, product.Currency, product.Stock, product.ImageUrl, product.Url, product.Enabled != 0 ? "yes" : "no",
        ];
    }

    /// <summary>In the currency's unit, with a point.</summary>
    private static string Amount(Money price)
    {
        var decimals = Currencies.Decimals(price.Currency);
        var unit = 1m;
        for (var i = 0; i < decimals; i++)
        {
            unit *= 10;
        }

        return (price.Minor / unit).ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }
}
