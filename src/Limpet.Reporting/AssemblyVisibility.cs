using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Limpet.Cli")]
[assembly: InternalsVisibleTo("Limpet.Reporting.Tests")]
