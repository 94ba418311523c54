"""An Excel workbook of 1997 to 2003, which nothing that the tests have can write."""

from base64 import b64decode
from zlib import decompress

# One sheet: a title over 案号, 法院, 卡号, 裁判日期 and 全文; two rows, 法院 merged over both.
OLD_WORKBOOK = decompress(
    b64decode(
        "eNrtWE1IVFEU/u6bf9NxxjTQwAYpK1MwpWij04+lixzUIfqTzMlhJhzGGISoRZkmuQmCIijaCLZwoRVE/2TuCgKHQoIi0MJVq351"
        "ob7OPfNeqVk4UIH1vsc9955z7jn3751773vxIfdI942cUcxBOUyYVh2wzpAJSg6dcYH0qiqLem6npBpYVHDYaSGtFtxPe2qTayjX"
        "exQKrpsHiQJvKNXjCHwt0aDnL2Ir96FRyD6UERW4QhInsrlXGUwPMV3K9BrXfMB0M0vOMi2juiNiH4a8voJN2lu8R8ljnRPS7222"
        "ecmS9cjCY/kWnzwnEnUt2BI73BhZZIpccyp6QAtaGYwGY5JPx1WkAHsJRdXVRRUVI8ikxe7BZ9UDfNKj+pHHkP9duQDJJ2bLbT+R"
        "22kR58rPK2agDepBDpJOpOKCWWoUAV/3/kn0YQlxiSRKUIwSlKL1QCiws6sq/MVnie7yk2FVeFxmw5HARcoa/eN+M8Rg18q6seCK"
        "EEnCtWeCTgi7qntwqH31xRQvJfSEAhsw7rdBfDwaDA/47/ncEenICuFpiIecvngoUjvh/4X5RnDrvlA8lCLPGN6TXLP2pDSO1VSi"
        "TUjnspsj1kWTMtn7/ll1oMbbwJI2PocSp9UqOTlQcUpakLGTNTw/FCpAAVusY9rOXpdzOYdpJtWhPL8mSyvs6OA6p1mbT+2UMp57"
        "V88or6Fy57vaO7mdb71rqdxfOXo8s/+Ftxt5dHo2kb18OlAoCsXlSxJ3vXoutJ3tNdPsH3Y5u+LS+q5qR3I6pmRcE9xMH8LJY3dr"
        "j5ltxDw2gm0kTXD6jCY4hTjTN87EnnTOTJxF640yj2eFPVu1+om1kgtpUuSOKz3jVe+Tm+3D204oUm+iUX8YULTa0rtd826ax7uJ"
        "vTt4rHbiBI8ioZG2cjbGeB4V1gotVMwoVzJwS3aOTojvSIEBAwYMGDBgwMD/BHk7klcik3Yvtmj3bZv2X2eK0rTxm+SfRR1a6Gml"
        "j8rtiFIew7Gk3p9lsAjdl1igjf6/UGI3tR5DMwLcj+ak31+654uZ41mwoev3hVCy7U8n088/3P5XmgUKjw=="
    )
)
