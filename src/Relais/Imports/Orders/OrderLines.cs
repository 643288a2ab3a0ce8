using System.Globalization;
using Relais.Commerce;
using Relais.Commerce.Orders;
using Relais.Foundation;

namespace Relais.Imports.Orders;

/// <summary>An order of a file, checked.</summary>
internal sealed record OrderLine(int Row, NewOrder Order, string Status);

/// <summary>Reads rows of orders, one order a row, as the form at the desk would be filled in. Pure.</summary>
internal sealed class OrderLines(ImportMapping mapping)
{
    public const string OrderNumber = "order_number";
    public const string TrackingNumber = "tracking_number";
    public const string Phone = "phone";
    public const string Name = "name";
    public const string Product = "product";
    public const string ProductId = "product_id";
    public const string Quantity = "quantity";
    public const string Price = "price";
    public const string Total = "total";
    public const string Currency = "currency";
    public const string Status = "status";
    public const string Address = "address";
    public const string Carrier = "carrier";
    public const string Delivery = "estimated_delivery";
    public const string Note = "note";

    private static readonly string[] Days = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy", "dd-MM-yyyy", "dd.MM.yyyy"];

    /// <summary>What shops call our states; ours are known by themselves.</summary>
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["en attente"] = OrderMachine.Placed, ["pending"] = OrderMachine.Placed, ["processing"] = OrderMachine.Placed, ["en cours"] = OrderMachine.Placed,
        ["nouvelle"] = OrderMachine.Placed, ["قيد الانتظار"] = OrderMachine.Placed, ["confirmee"] = OrderMachine.Confirmed, ["مؤكد"] = OrderMachine.Confirmed,
        ["en preparation"] = OrderMachine.Preparing, ["expediee"] = OrderMachine.Shipped, ["fulfilled"] = OrderMachine.Shipped, ["تم الشحن"] = OrderMachine.Shipped,
        ["en livraison"] = OrderMachine.OutForDelivery, ["livree"] = OrderMachine.Delivered, ["completed"] = OrderMachine.Delivered,
        ["terminee"] = OrderMachine.Delivered, ["تم التسليم"] = OrderMachine.Delivered, ["annulee"] = OrderMachine.Cancelled, ["canceled"] = OrderMachine.Cancelled,
        ["refunded"] = OrderMachine.Cancelled, ["ملغى"] = OrderMachine.Cancelled,
    };

    /// <summary>Null when the row is left out.</summary>
    public OrderLine? Read(FileRow row, List<RowProblem> problems)
    {
        var before = problems.Count;
        if (At(row, OrderNumber).Length == 0)
        {
            problems.Add(new RowProblem(row.Number, mapping.PlaceOf(OrderNumber), ImportTexts.NoOrderNumber, null));
            return null;
        }

        var price = Amount(row, Price, problems);
        var total = Amount(row, Total, problems);
        var currency = CurrencyOf(row, price?.Currency ?? total?.Currency, price is not null || total is not null, problems);
        var status = StatusOf(row, problems);
        var body = new NewOrderBody(
            At(row, Product).Length + At(row, ProductId).Length == 0 ? [] : [new NewOrderItemBody(Told(row, Product), Told(row, ProductId), QuantityOf(row, problems), Minor(price, currency))],
            currency, Minor(total, currency), Told(row, Address), Told(row, Carrier), Told(row, TrackingNumber), At(row, OrderNumber), DayOf(row, problems),
            null, PhoneOf(row, problems), Told(row, Name), Note: Told(row, Note));
        if (body.Items is [{ PriceMinor: { } one, Quantity: var count }] && body.TotalMinor is { } sum && one * (count ?? 1) != sum)
        {
            problems.Add(Problem(row, "total_minor"));
        }

        if (problems.Count > before)
        {
            return null;
        }

        var (order, wrong) = NewOrderCheck.Of(body, mapping.Country);
        foreach (var problem in wrong)
        {
            problems.Add(Problem(row, problem.Field));
        }

        return order is null ? null : new OrderLine(row.Number, order, status);
    }

    /// <summary>What the order's own check says of a field, in the file's words.</summary>
    public RowProblem Problem(FileRow row, string field)
    {
        var (target, code) = field switch
        {
            "order_number" => (OrderNumber, ImportTexts.BadOrderNumber),
            "tracking_number" => (TrackingNumber, ImportTexts.BadOrderNumber),
            "phone" => (Phone, ImportTexts.BadPhone),
            "currency" => (Currency, ImportTexts.BadCurrency),
            "total_minor" => (Total, ImportTexts.BadTotal),
            "estimated_delivery" => (Delivery, ImportTexts.BadDay),
            "items[0].quantity" => (Quantity, ImportTexts.BadQuantity),
            "items[0].price_minor" => (Price, ImportTexts.BadPrice),
            "items[0].product_id" => (ProductId, ImportTexts.NoProduct),
            "items[0].name" => (Product, ImportTexts.TooLong),
            _ => (field, ImportTexts.TooLong),
        };
        return new RowProblem(row.Number, mapping.PlaceOf(target), code, Cut(At(row, target)));
    }

    private string? PhoneOf(FileRow row, List<RowProblem> problems)
    {
        if (Told(row, Phone) is not { } raw)
        {
            return null;
        }

        var (number, fault) = NationalNumbers.Read(raw, mapping.Country);
        if (fault != NumberFault.None)
        {
            problems.Add(new RowProblem(row.Number, mapping.PlaceOf(Phone), fault switch
            {
                NumberFault.NoCountry => ImportTexts.NoCountry, NumberFault.Cut => ImportTexts.CutNumber, _ => ImportTexts.BadPhone,
            }, Cut(raw)));
        }

        return number;
    }

    private (decimal Amount, string? Currency)? Amount(FileRow row, string target, List<RowProblem> problems)
    {
        if (Told(row, target) is not { } told)
        {
            return null;
        }

        if (AmountText.Read(told) is not { Amount: >= 0 } amount)
        {
            problems.Add(new RowProblem(row.Number, mapping.PlaceOf(target), target == Total ? ImportTexts.BadTotal : ImportTexts.BadPrice, Cut(told)));
            return null;
        }

        return amount;
    }

    private string? CurrencyOf(FileRow row, string? beside, bool isNeeded, List<RowProblem> problems)
    {
        var currency = (Told(row, Currency) ?? beside ?? mapping.Currency)?.ToUpperInvariant();
        if (isNeeded && !(currency is { Length: 3 } && currency.All(char.IsAsciiLetterUpper)))
        {
            problems.Add(new RowProblem(row.Number, mapping.PlaceOf(Currency), ImportTexts.BadCurrency, Cut(At(row, Currency))));
            return null;
        }

        return currency;
    }

    private string StatusOf(FileRow row, List<RowProblem> problems)
    {
        var told = TextFolding.FoldWords(At(row, Status).Replace('_', ' '));
        var machine = told.Replace(' ', '_');
        if (told.Length == 0)
        {
            return OrderMachine.Placed;
        }

        if (OrderMachine.IsStatus(machine) && machine != Order.Draft)
        {
            return machine;
        }

        if (Words.FirstOrDefault(w => TextFolding.FoldWords(w.Key) == told).Value is { } known)
        {
            return known;
        }

        problems.Add(new RowProblem(row.Number, mapping.PlaceOf(Status), ImportTexts.BadStatus, Cut(At(row, Status))));
        return OrderMachine.Placed;
    }

    private long? QuantityOf(FileRow row, List<RowProblem> problems)
    {
        if (Told(row, Quantity) is not { } told)
        {
            return null;
        }

        if (AmountText.Read(told) is { Currency: null } read && read.Amount == decimal.Truncate(read.Amount) && read.Amount is >= 1 and <= 1_000_000)
        {
            return (long)read.Amount;
        }

        problems.Add(new RowProblem(row.Number, mapping.PlaceOf(Quantity), ImportTexts.BadQuantity, Cut(told)));
        return null;
    }

    private string? DayOf(FileRow row, List<RowProblem> problems)
    {
        if (Told(row, Delivery) is not { } told)
        {
            return null;
        }

        if (DateOnly.TryParseExact(told, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        problems.Add(new RowProblem(row.Number, mapping.PlaceOf(Delivery), ImportTexts.BadDay, Cut(told)));
        return null;
    }

    private static long? Minor((decimal Amount, string? Currency)? amount, string? currency) =>
        amount is { } told && currency is not null ? Currencies.ToMinor(told.Amount, currency) : null;

    private string? Told(FileRow row, string target) => At(row, target) is { Length: > 0 } text ? text : null;

    private string At(FileRow row, string target) => row.At(mapping.PlaceOf(target));

    private static string Cut(string value) => value.Length > 80 ? value[..80] : value;
}
