namespace Relais.Commerce.Orders;

/// <summary>A line of an order that is to be made.</summary>
/// <param name="Name">For people; left out, the product's.</param>
/// <param name="ProductId">A product's sku, or the shop's own id; may be left out.</param>
/// <param name="Quantity">1 when left out.</param>
/// <param name="PriceMinor">Of one, in the currency's minor unit; left out, the product's.</param>
internal sealed record NewOrderItemBody(string? Name = null, string? ProductId = null, long? Quantity = null, long? PriceMinor = null);

/// <summary>An order that is to be made.</summary>
/// <param name="Items">What was ordered.</param>
/// <param name="Currency">ISO 4217; needed with a price or a total.</param>
/// <param name="TotalMinor">Computed when left out; given, it has to be what the lines come to.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Carrier">Who brings it.</param>
/// <param name="TrackingNumber">The courier's; made when left out (TRK…).</param>
/// <param name="OrderNumber">What people say; made when left out (CMD-…). Once in a business.</param>
/// <param name="EstimatedDelivery">ISO date.</param>
/// <param name="ContactId">Whose it is; or phone.</param>
/// <param name="Phone">As people write it, at home or with its country code.</param>
/// <param name="Name">The customer's, with phone.</param>
/// <param name="InboxId">The number to write from; left out, the one of the last conversation, or the only one.</param>
/// <param name="Language">fr, ar or en: of the confirmation; left out, the conversation's.</param>
/// <param name="Note">For colleagues.</param>
/// <param name="SendWhatsappConfirmation">True: the customer gets a recap with Confirm, Modify and Cancel.</param>
internal sealed record NewOrderBody(
    IReadOnlyList<NewOrderItemBody?>? Items = null, string? Currency = null, long? TotalMinor = null, string? Address = null, string? Carrier = null,
    string? TrackingNumber = null, string? OrderNumber = null, string? EstimatedDelivery = null, long? ContactId = null, string? Phone = null,
    string? Name = null, long? InboxId = null, string? Language = null, string? Note = null, bool? SendWhatsappConfirmation = null);

/// <summary>A line that was checked.</summary>
internal sealed record NewOrderItem(string? Name, string? ProductId, long Quantity, long? PriceMinor);

/// <summary>An order that was checked, as far as that goes without looking anything up.</summary>
/// <param name="Items">Never empty names with empty product ids.</param>
/// <param name="Phone">E.164, or null.</param>
internal sealed record NewOrder(
    IReadOnlyList<NewOrderItem> Items, string? Currency, long? TotalMinor, string? Address, string? Carrier, string? TrackingNumber,
    string? OrderNumber, string? ExpectedOn, long? ContactId, string? Phone, string? Name, long? InboxId, string? Language, string? Note,
    bool SendsConfirmation);
