using Relais.Imports.Contacts;
using Relais.Imports.Orders;
using Relais.Imports.Products;

namespace Relais.Imports;

/// <summary>The room's parts; a kind of rows more is a line here.</summary>
internal static class ImportsModule
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddSingleton<IImportKind, ContactImport>()
        .AddSingleton<IImportKind, ProductImport>()
        .AddSingleton<IImportKind, OrderImport>()
        .AddSingleton<ImportKinds>()
        .AddSingleton<ImportUpload>()
        .AddSingleton<ImportDesk>();
}
