using System.Text.Json;
using Relais.Commerce;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Imports.Products;

/// <summary>Products from a file, found by their SKU. An empty cell says nothing.</summary>
internal sealed class ProductImport : IImportKind
{
    private static readonly string[] Languages = ["fr", "ar", "en"];

    public string Name => "products";

    public Task<IReadOnlyList<ImportTarget>> Targets(Tx tx, long tenantId) => Task.FromResult<IReadOnlyList<ImportTarget>>(
    [
        new(ProductLines.Sku, ["référence", "ref", "code", "code article", "id", "المرجع", "رمز المنتج", "الرمز"], true),
        .. Languages.Select(l => new ImportTarget($"{ProductLines.Title}_{l}", [$"title {l}", $"titre {l}", $"nom {l}", $"العنوان {l}"])),
        .. Languages.Select(l => new ImportTarget($"{ProductLines.Description}_{l}", [$"description {l}", $"الوصف {l}"])),
        new(ProductLines.Title, ["titre", "nom", "nom du produit", "désignation", "produit", "article", "name", "product", "الاسم", "المنتج", "العنوان"]),
        new(ProductLines.Description, ["détail", "détails", "الوصف"]),
        new(ProductLines.Price, ["prix", "prix ttc", "tarif", "montant", "السعر", "الثمن"]),
        new(ProductLines.Currency, ["devise", "monnaie", "العملة"]),
        new(ProductLines.Stock, ["quantité", "qté", "quantity", "inventory", "المخزون", "الكمية"]),
        new(ProductLines.ImageUrl, ["image", "photo", "image link", "url image", "lien image", "الصورة", "رابط الصورة"]),
        new(ProductLines.Url, ["lien", "link", "page", "الرابط"]),
        new(ProductLines.Enabled, ["actif", "visible", "active", "en ligne", "مفعل"]),
    ]);

    public Task<(string Field, string Sentence)?> Wrong(Tx tx, long tenantId, ImportMapping mapping) => Task.FromResult<(string, string)?>(
        mapping.PlaceOf(ProductLines.Sku) < 0 ? ("columns", "Say which column holds the SKU (the reference of each product).")
        : mapping.Currency is { } currency && !(currency.Length == 3 && currency.All(char.IsAsciiLetterUpper)) ? ("currency", "currency is three capitals of ISO 4217, such as MAD.")
        : null);

    public int IdsNeeded(int rows) => rows;

    public async Task<BatchOutcome> Carry(Tx tx, ImportBatch batch, IdRange ids)
    {
        var outcome = new BatchOutcome();
        var lines = new ProductLines(batch.Mapping);
        var read = batch.Rows.Select(row => (row.Number, Request: lines.Read(row, outcome.Problems))).Where(r => r.Request is not null).ToList();
        outcome.Failed = batch.Rows.Count - read.Count;
        var known = await ProductStore.OfSkus(tx, batch.TenantId, read.ConvertAll(r => r.Request!.Sku!));
        var room = ProductApi.Most - await ProductStore.Count(tx, batch.TenantId);
        foreach (var (row, request) in read)
        {
            var was = known.GetValueOrDefault(request!.Sku!);
            if (was is not null && batch.Mapping.Existing == "skip")
            {
                outcome.Unchanged++;
                continue;
            }

            if (was is null && (request.Title is null || room <= 0))
            {
                outcome.Failed++;
                outcome.Problems.Add(request.Title is null
                    ? new RowProblem(row, batch.Mapping.PlaceOf(ProductLines.Title), ImportTexts.NoTitle, null)
                    : new RowProblem(row, -1, ImportTexts.TooManyProducts, request.Sku));
                continue;
            }

            var became = was is null
                ? ProductApi.Made(request, new Product { TenantId = batch.TenantId, Id = ids.Next(), Enabled = 1, CreatedAt = batch.Now }, batch.Now)
                : ProductApi.Made(ProductApi.Merged(With(request, was), was), was, Math.Max(batch.Now, was.UpdatedAt));
            if (was is not null && Same(was, became))
            {
                outcome.Unchanged++;
                continue;
            }

            room -= was is null ? 1 : 0;
            outcome.Created += was is null ? 1 : 0;
            outcome.Changed += was is null ? 0 : 1;
            outcome.Effects.Add(new RowEffect(row, became.Id, was is null, was is null ? null : Text(was), Text(became)));
            known[became.Sku] = became;
            if (!batch.IsDry)
            {
                _ = was is null ? await ProductStore.Insert(tx, became) : await ProductStore.Update(tx, became);
            }
        }

        return outcome;
    }

    public async Task<HashSet<long>> Undo(Tx tx, Import import, IReadOnlyList<StoredEffect> effects, long now, IdRange ids)
    {
        var kept = new HashSet<long>();
        foreach (var effect in effects)
        {
            if (await ProductStore.Find(tx, import.TenantId, effect.TargetId) is not { } current)
            {
                continue;
            }

            if (!Same(current, Stored(effect.Became)))
            {
                kept.Add(effect.RowNumber);
            }
            else if (effect.IsNew == 1)
            {
                await ProductStore.Delete(tx, import.TenantId, effect.TargetId);
            }
            else
            {
                await ProductStore.Update(tx, Stored(effect.Was!));
            }
        }

        return kept;
    }

    /// <summary>A title in one language leaves the other languages' as they are.</summary>
    private static ProductRequest With(ProductRequest request, Product was) => request with
    {
        Title = Joined(request.Title, was.Titles), Description = Joined(request.Description, was.Descriptions),
        Currency = request.PriceMinor is null ? null : request.Currency,
    };

    private static LocalText? Joined(LocalText? told, LocalText? was) => told is null or { Any: not null } || was is null or { Any: not null }
        ? told : new LocalText(null, told.Fr ?? was.Fr, told.Ar ?? was.Ar, told.En ?? was.En);

    private static bool Same(Product one, Product other) => Text(one) == Text(other);

    /// <summary>Without the time: who looks at it later does not change it.</summary>
    private static string Text(Product product) => JsonSerializer.Serialize(ProductApi.Made(
        new ProductRequest(product.Sku, product.Titles, product.Descriptions, product.PriceMinor, product.Currency, product.Stock, product.ImageMediaId, product.ImageUrl,
            product.Url, product.Enabled != 0), product, 0), Storable);

    private static Product Stored(string json) => JsonSerializer.Deserialize<Product>(json, Storable)!;

    private static readonly JsonSerializerOptions Storable = new(ApiJson.Options) { IgnoreReadOnlyProperties = true };
}
