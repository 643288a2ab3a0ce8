namespace Relais.Tenants;

/// <summary>The AI agent's settings of a tenant. In a change, null stays as it is.</summary>
/// <param name="AutoRespond">Whether it answers by itself where nothing else is said of a number or a conversation.</param>
/// <param name="ApproveOrders">True: what a customer taps on an order (confirm, change, cancel) waits for a person (/api/approvals).</param>
internal sealed record TenantAiSettingsJson(bool? AutoRespond, bool? ApproveOrders = null);
