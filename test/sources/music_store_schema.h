// The statements that make the record shop, with {…} where the products differ.
#pragma once

namespace quittance::sources {

// {binary}: a type of 16 bytes. {circle}: where SQLite, which knows no ADD CONSTRAINT, says it.
constexpr const char* shop_schema[] = {
    "CREATE TABLE country (code CHAR(2) NOT NULL PRIMARY KEY, name VARCHAR(60) NOT NULL)",
    "CREATE TABLE artist (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(80) NOT NULL)",
    "CREATE TABLE album (id INTEGER NOT NULL PRIMARY KEY, artist_id INTEGER NOT NULL, "
    "title VARCHAR(80) NOT NULL, FOREIGN KEY (artist_id) REFERENCES artist (id))",
    "CREATE TABLE track (album_id INTEGER NOT NULL, number INTEGER NOT NULL, "
    "title VARCHAR(80) NOT NULL, PRIMARY KEY (album_id, number), "
    "FOREIGN KEY (album_id) REFERENCES album (id))",
    "CREATE TABLE employee (id INTEGER NOT NULL PRIMARY KEY, email VARCHAR(120) NOT NULL, "
    "boss_id INTEGER, FOREIGN KEY (boss_id) REFERENCES employee (id))",
    "CREATE TABLE customer (id INTEGER NOT NULL PRIMARY KEY, number VARCHAR(20) NOT NULL UNIQUE, "
    "email VARCHAR(120) NOT NULL, main_address INTEGER, updates INTEGER NOT NULL DEFAULT 0"
    "{circle})",
    "CREATE TABLE address (id INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER NOT NULL, "
    "street VARCHAR(80) NOT NULL, country CHAR(2) NOT NULL, "
    "FOREIGN KEY (customer_id) REFERENCES customer (id), "
    "FOREIGN KEY (country) REFERENCES country (code))",
    "CREATE TABLE subscription (customer_id INTEGER NOT NULL, kind VARCHAR(10) NOT NULL, "
    "since VARCHAR(10) NOT NULL, PRIMARY KEY (customer_id, kind), "
    "FOREIGN KEY (customer_id) REFERENCES customer (id))",
    "CREATE TABLE playlist (id {binary} NOT NULL PRIMARY KEY, customer_id INTEGER NOT NULL, "
    "name VARCHAR(40) NOT NULL, FOREIGN KEY (customer_id) REFERENCES customer (id) "
    "ON DELETE CASCADE)",
    "CREATE TABLE playlist_entry (playlist_id {binary} NOT NULL, position INTEGER NOT NULL, "
    "album_id INTEGER NOT NULL, track_number INTEGER NOT NULL, "
    "PRIMARY KEY (playlist_id, position), FOREIGN KEY (playlist_id) REFERENCES playlist (id), "
    "FOREIGN KEY (album_id, track_number) REFERENCES track (album_id, number))",
    "CREATE TABLE invoice (id INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER, "
    "billing_name VARCHAR(20) NOT NULL, billing_city VARCHAR(40), total INTEGER NOT NULL, "
    "FOREIGN KEY (customer_id) REFERENCES customer (id))",
    "CREATE TABLE invoice_line (invoice_id INTEGER NOT NULL, line INTEGER NOT NULL, "
    "album_id INTEGER NOT NULL, price INTEGER NOT NULL, PRIMARY KEY (invoice_id, line), "
    "FOREIGN KEY (invoice_id) REFERENCES invoice (id), "
    "FOREIGN KEY (album_id) REFERENCES album (id))",
    "CREATE TABLE payment (id INTEGER NOT NULL PRIMARY KEY, invoice_id INTEGER NOT NULL, "
    "amount INTEGER NOT NULL, FOREIGN KEY (invoice_id) REFERENCES invoice (id))",
    "CREATE TABLE login_event (id INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER NOT NULL, "
    "address VARCHAR(40) NOT NULL, FOREIGN KEY (customer_id) REFERENCES customer (id))",
    "CREATE TABLE review (id INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER, "
    "album_id INTEGER NOT NULL, nick VARCHAR(40) NOT NULL UNIQUE, words VARCHAR(200), "
    "FOREIGN KEY (customer_id) REFERENCES customer (id), "
    "FOREIGN KEY (album_id) REFERENCES album (id))",
    "CREATE TABLE support_ticket (id INTEGER NOT NULL PRIMARY KEY, email VARCHAR(120) NOT NULL, "
    "customer_id INTEGER, words VARCHAR(200) NOT NULL, "
    "FOREIGN KEY (customer_id) REFERENCES customer (id))",
    "CREATE TABLE page_view (email VARCHAR(120), page VARCHAR(40))",
    "CREATE VIEW customer_list AS SELECT id, email FROM customer",
};

}  // namespace quittance::sources
