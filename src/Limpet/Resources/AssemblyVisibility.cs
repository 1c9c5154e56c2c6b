using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Limpet.Tests")]
[assembly: InternalsVisibleTo("Limpet.Measuring.Tests")]
