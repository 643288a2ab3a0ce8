using System.Globalization;
using Relais.Commerce;
using Relais.Foundation;

namespace Relais.Imports.Products;

/// <summary>Reads rows of products as requests to change them; what is not told is null and stays. Pure.</summary>
internal sealed class ProductLines(ImportMapping mapping)
{
    public const string Sku = "sku";
    public const string Title = "title";
    public const string Description = "description";
    public const string Price = "price";
    public const string Currency = "currency";
    public const string Stock = "stock";
    public const string ImageUrl = "image_url";
    public const string Url = "url";
    public const string Enabled = "enabled";

    /// <summary>Null when the row is left out.</summary>
    public ProductRequest? Read(FileRow row, List<RowProblem> problems)
    {
        var before = problems.Count;
        var (minor, currency) = PriceOf(row, problems);
        var request = new ProductRequest(
            At(row, Sku), Local(row, Title), Local(row, Description), minor, currency, StockOf(row, problems), null, Link(At(row, ImageUrl)), Link(At(row, Url)), EnabledOf(row, problems));

        // Everything but the sku and the title, which a product that is there already has.
        if (ProductCheck.Find(request with { Title = request.Title ?? new LocalText("x"), Currency = request.PriceMinor is null ? null : request.Currency }) is { } wrong)
        {
            var code = wrong.Field switch
            {
                "sku" => ImportTexts.BadSku, "title" or "description" => ImportTexts.TooLong, "price_minor" => ImportTexts.BadPrice,
                "currency" => ImportTexts.BadCurrency, "stock" => ImportTexts.BadStock, _ => ImportTexts.BadAddress,
            };
            var target = wrong.Field == "price_minor" ? Price : wrong.Field;
            problems.Add(new RowProblem(row.Number, mapping.PlaceOf(target), code, At(row, target)));
        }

        return problems.Count > before ? null : request;
    }

    private (long? Minor, string? Currency) PriceOf(FileRow row, List<RowProblem> problems)
    {
        var told = At(row, Price);
        if (told.Length == 0)
        {
            return (null, null);
        }

        if (AmountText.Read(told) is not { } price || price.Amount < 0)
        {
            problems.Add(new RowProblem(row.Number, mapping.PlaceOf(Price), ImportTexts.BadPrice, told));
            return (null, null);
        }

        var currency = (At(row, Currency) is { Length: > 0 } own ? own : price.Currency ?? mapping.Currency ?? "").ToUpperInvariant();
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
        {
            problems.Add(new RowProblem(row.Number, mapping.PlaceOf(Currency), ImportTexts.BadCurrency, At(row, Currency)));
            return (null, null);
        }

        return (Currencies.ToMinor(price.Amount, currency), currency);
    }

    private long? StockOf(FileRow row, List<RowProblem> problems)
    {
        var told = At(row, Stock);
        if (told.Length == 0)
        {
            return null;
        }

        if (decimal.TryParse(told, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var stock) && stock == decimal.Truncate(stock) && stock <= 1_000_000_000)
        {
            return (long)stock;
        }

        problems.Add(new RowProblem(row.Number, mapping.PlaceOf(Stock), ImportTexts.BadStock, told));
        return null;
    }

    private bool? EnabledOf(FileRow row, List<RowProblem> problems)
    {
        if (!Flag.Read(At(row, Enabled), out var flag))
        {
            problems.Add(new RowProblem(row.Number, mapping.PlaceOf(Enabled), ImportTexts.BadFlag, At(row, Enabled)));
        }

        return flag;
    }

    /// <summary>title serves for all languages, title_fr … for one; those win.</summary>
    private LocalText? Local(FileRow row, string target)
    {
        var (fr, ar, en, any) = (At(row, target + "_fr"), At(row, target + "_ar"), At(row, target + "_en"), At(row, target));
        return fr.Length + ar.Length + en.Length > 0 ? new LocalText(null, fr.Length > 0 ? fr : any, ar, en).Clean() : new LocalText(any).Clean();
    }

    private static string? Link(string told) => told.Length == 0 ? null : told;

    private string At(FileRow row, string target) => row.At(mapping.PlaceOf(target));
}
