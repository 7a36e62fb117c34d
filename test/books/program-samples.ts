/** Small exports in the shape of invoicing programs, written for these tests; clients and sums are invented. */

export const xero = `*ContactName,EmailAddress,POAddressLine1,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,Total,TaxTotal,InvoiceAmountPaid,InvoiceAmountDue,Description,Quantity,UnitAmount,LineAmount,TaxType,TaxAmount,Currency,Type,Sent,Status
Harbour Cafe,accounts@harbour.example,1 Quay,INV-0031,PO 9,05/10/2026,04/11/2026,1495.0000,195.0000,495.0000,1000.0000,Design,1.0000,1000.0000,1000.0000,20% VAT,150.0000,EUR,Sales invoice,Sent,Awaiting Payment
Harbour Cafe,accounts@harbour.example,1 Quay,INV-0031,PO 9,05/10/2026,04/11/2026,1495.0000,195.0000,495.0000,1000.0000,Print,1.0000,300.0000,300.0000,20% VAT,45.0000,EUR,Sales invoice,Sent,Awaiting Payment
Nair Studio,,,INV-0032,,13/10/2026,12/11/2026,200.0000,0.0000,200.0000,0.0000,Logo,1.0000,200.0000,200.0000,No VAT,0.0000,EUR,Sales invoice,Sent,Paid
Nair Studio,,,INV-0033,,14/10/2026,13/11/2026,300.0000,0.0000,0.0000,300.0000,Logo,1.0000,300.0000,300.0000,No VAT,0.0000,EUR,Sales invoice,,Draft
Paper Shop,,,B-7,,14/10/2026,13/11/2026,80.0000,0.0000,0.0000,80.0000,Paper,1.0000,80.0000,80.0000,No VAT,0.0000,EUR,Bill,,Awaiting Payment
Nair Studio,,,CN-0004,,14/10/2026,13/11/2026,50.0000,0.0000,0.0000,50.0000,Refund,1.0000,50.0000,50.0000,No VAT,0.0000,EUR,Sales credit note,,Awaiting Payment
`;

export const freshbooks = (hasDue: boolean): string => {
  const due = (day: string) => (hasDue ? `${day},` : '');
  return `Client Name,Invoice #,Date Issued,${due('Date Due')}Invoice Status,Date Paid,Item Name,Item Description,Rate,Quantity,Discount Percentage,Line Subtotal,Tax 1 Type,Tax 1 Amount,Tax 2 Type,Tax 2 Amount,Line Total,Currency
Harbour Cafe,0000012,10/05/2026,${due('11/04/2026')}overdue,,Consulting,"Strategy, first part",150.00,4,0,600.00,,0,,0,600.00,USD
Harbour Cafe,0000012,10/05/2026,${due('11/04/2026')}overdue,,Management,Oversight,137.625,4,0,550.50,,0,,0,550.50,USD
Nair Studio,0000013,10/13/2026,${due('11/12/2026')}paid,10/20/2026,Logo,Logo,300.00,1,0,300.00,,0,,0,300.00,USD
Nair Studio,0000014,10/14/2026,${due('11/13/2026')}draft,,Logo,Logo,300.00,1,0,300.00,,0,,0,300.00,USD
`;
};

export const zoho = `Invoice Date,Invoice ID,Invoice Number,Invoice Status,Customer ID,Customer Name,Due Date,Currency Code,Exchange Rate,Item Name,Quantity,Item Price,Item Total,SubTotal,Total,Balance,Adjustment,Last Payment Date
2026-10-02,9001,INV-000041,PartiallyPaid,11,Umbrella Retail,2026-11-01,EUR,1.00,Bracket,2,250,500,660,819.20,319.20,0,2026-10-20
2026-10-02,9001,INV-000041,PartiallyPaid,11,Umbrella Retail,2026-11-01,EUR,1.00,Hinge,4,40,160,160,819.20,319.20,0,2026-10-20
2026-10-05,9002,INV-000042,Closed,12,Krishna Enterprises,2026-10-20,EUR,1.00,Bracket,3,250,750,750,885.40,0.00,0,2026-10-19
2026-10-06,9003,INV-000043,Draft,12,Krishna Enterprises,2026-10-21,EUR,1.00,Bracket,3,250,750,750,885.40,885.40,0,
2026-10-06,9004,INV-000044,Void,11,Umbrella Retail,2026-11-05,EUR,1.00,Bracket,1,100,100,100,100.00,0.00,0,
`;

export const quickbooks = `*InvoiceNo,*Customer,*InvoiceDate,*DueDate,Terms,Location,Memo,*Item(Product/Service),ItemDescription,ItemQuantity,ItemRate,*ItemAmount,Item Tax Amount,Currency
1001,Haven Rentals,09/08/2026,08/09/2026,Net 30,,,Turn,Clean,1,1000,"1,000.00",220.00,EUR
1001,,,,,,,Extra,Trash,1,400,400.00,88.00,
1002,"Owner, Jane",21/08/2026,20/09/2026,Net 30,,,Turn,Clean,1,50,50.00,,EUR
`;

export const quickbooksReport = `Studio Rossi,,,,,,
Open Invoices,,,,,,
"As of 30 September, 2026",,,,,,
,,,,,,
,Date,Transaction type,Num,Due date,Amount,Open balance
Haven Rentals,,,,,,
,08/09/2026,Invoice,1001,09/08/2026,"1,708.00",708.00
,08/20/2026,Payment,,,"-1,000.00",0.00
Total for Haven Rentals,,,,,"$708.00","$708.00"
Total Energy Ltd,,,,,,
,08/30/2026,Invoice,1003,09/29/2026,75.00,75.00
Total for Total Energy Ltd,,,,,$75.00,$75.00
TOTAL,,,,,$783.00,$783.00
,,,,,,
"Wednesday, September 30, 2026 08:30 AM GMT+2",,,,,,
`;

export const quickbooksList = `Date,No.,Customer,Amount,Status
09/08/2026,1001,Haven Rentals,"€1,708.00",Overdue 12 days
21/08/2026,1002,"Owner, Jane",€50.00,Deposited
`;

export const invoiceNinja = `"Client Name","Client Currency","Invoice Invoice Number","Invoice Amount","Invoice Balance","Invoice Paid to Date","Invoice Date","Invoice Due Date","Invoice Status"
"Kunde GmbH",EUR,0007,595.00,595.00,0.00,05/Oct/2026,04/Nov/2026,Sent
"Kunde GmbH",EUR,0008,100.00,100.00,0.00,06/Oct/2026,05/Nov/2026,Draft
`;

export const invoiceNinja4 = `INVOICES,,,,,,,
,,,,,,,
Client,Email,Invoice Number,Balance,Amount,Status,Invoice Date,Due Date
Kunde GmbH,buch@kunde.example,0007,€ 95.00,€ 595.00,Partial,2026-10-05,2026-11-04
`;

export const harvest = `Issue Date,Last Payment Date,ID,PO Number,Client,Subject,Invoice Amount,Paid Amount,Balance,Subtotal,Discount,Tax,Tax2,Currency,Currency Symbol,Document Type,Client Address
2026-10-05,2026-10-20,204,,Acme,Site,1200.0,200.0,1000.0,1000.0,,200.0,,Euro - EUR,€,Invoice,1 Road
`;
