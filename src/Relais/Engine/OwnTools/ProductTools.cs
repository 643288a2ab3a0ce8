namespace Relais.Engine.OwnTools;

internal static class ProductTools
{
    public const string Search = "search_products";
    public const string Recommend = "recommend_products";
}
